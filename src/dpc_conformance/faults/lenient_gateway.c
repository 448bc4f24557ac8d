/* Preloaded into strongSwan for a seeded defect: it never finds that a certificate is out of date. strongSwan's objects
   begin with pointers to their methods, and get_validity is the eighth of a certificate's (certificate_t). */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <time.h>

#define X509 PLUGINS "/libstrongswan-x509.so"
#define GET_VALIDITY 7

typedef bool (*validity)(void *, time_t *, time_t *, time_t *);

static validity strict;

static bool always_valid(void *certificate, time_t *when, time_t *not_before, time_t *not_after)
{
    strict(certificate, when, not_before, not_after);
    return true;
}

void *x509_cert_load(int kind, va_list parts)
{
    void *(*load)(int, va_list) = dlsym(dlopen(X509, RTLD_NOW | RTLD_NOLOAD), "x509_cert_load");
    void **certificate = load(kind, parts);
    if (certificate && (validity)certificate[GET_VALIDITY] != always_valid) {
        strict = (validity)certificate[GET_VALIDITY];
        certificate[GET_VALIDITY] = always_valid;
    }
    return certificate;
}
