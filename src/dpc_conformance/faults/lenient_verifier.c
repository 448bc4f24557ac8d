/* Preloaded into a server for a seeded defect: it verifies certificates as OpenSSL does, and forgives FORGIVES, or does
   not forgive where OpenSSL would. The numbers are OpenSSL's own, from <openssl/x509_vfy.h> and <openssl/x509v3.h>. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

#define CRITICAL_EXTENSIONS 1
#define PURPOSES 2
#define DATES 3
#define ENDED_CRLS 4
#define NONCES 5
#define NO_OTHER_EXPONENTS 6

#define IGNORE_CRITICAL 0x10
#define NO_CHECK_TIME 0x200000
#define ANY_PURPOSE 7
#define CRL_HAS_EXPIRED 12
#define CERT_REJECTED 28
#define USUAL_EXPONENT 65537

typedef int (*verify_callback)(int, void *);

static void *of_openssl(const char *name)
{
    return dlsym(dlopen("libcrypto.so.3", RTLD_NOW | RTLD_NOLOAD), name);
}

static int error_of(void *context)
{
    return ((int (*)(void *))of_openssl("X509_STORE_CTX_get_error"))(context);
}

static void set_error(void *context, int error)
{
    ((void (*)(void *, int))of_openssl("X509_STORE_CTX_set_error"))(context, error);
}

static verify_callback strict;

static int forgive_ended_crls(int well, void *context)
{
    if (!well && error_of(context) == CRL_HAS_EXPIRED) {
        set_error(context, 0);
        return 1;
    }
    return strict(well, context);
}

static int has_usual_exponent(void *context)
{
    void *certificate = ((void *(*)(void *))of_openssl("X509_STORE_CTX_get0_cert"))(context);
    void *key = ((void *(*)(void *))of_openssl("X509_get0_pubkey"))(certificate);
    void *exponent = NULL;
    if (!((int (*)(void *, const char *, void **))of_openssl("EVP_PKEY_get_bn_param"))(key, "e", &exponent))
        return 1;
    int usual = ((int (*)(void *, unsigned long))of_openssl("BN_is_word"))(exponent, USUAL_EXPONENT);
    ((void (*)(void *))of_openssl("BN_free"))(exponent);
    return usual;
}

int X509_verify_cert(void *context)
{
    int (*verify)(void *) = of_openssl("X509_verify_cert");
    void *parameters = ((void *(*)(void *))of_openssl("X509_STORE_CTX_get0_param"))(context);
    int (*set_flags)(void *, unsigned long) = of_openssl("X509_VERIFY_PARAM_set_flags");
    if (FORGIVES == CRITICAL_EXTENSIONS)
        set_flags(parameters, IGNORE_CRITICAL);
    if (FORGIVES == DATES)
        set_flags(parameters, NO_CHECK_TIME);
    if (FORGIVES == PURPOSES)
        ((int (*)(void *, int))of_openssl("X509_VERIFY_PARAM_set_purpose"))(parameters, ANY_PURPOSE);
    if (FORGIVES == ENDED_CRLS) {
        strict = ((verify_callback (*)(void *))of_openssl("X509_STORE_CTX_get_verify_cb"))(context);
        ((void (*)(void *, verify_callback))of_openssl("X509_STORE_CTX_set_verify_cb"))(context, forgive_ended_crls);
    }
    int result = verify(context);
    if (FORGIVES == NO_OTHER_EXPONENTS && result > 0 && !has_usual_exponent(context)) {
        set_error(context, CERT_REJECTED);
        return 0;
    }
    return result;
}

int OCSP_check_nonce(void *request, void *response)
{
    return FORGIVES == NONCES ? 1 : ((int (*)(void *, void *))of_openssl("OCSP_check_nonce"))(request, response);
}
