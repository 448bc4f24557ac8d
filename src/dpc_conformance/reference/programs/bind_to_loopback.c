/* Preloaded into servers that know no better: what would listen on every address of the machine listens on the loopback
   address. And the server does not outlive whoever started it. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>

int bind(int socket, const struct sockaddr *address, socklen_t size)
{
    int (*bind_of_libc)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    if (address->sa_family != AF_INET || size < sizeof(struct sockaddr_in))
        return bind_of_libc(socket, address, size);
    struct sockaddr_in local = *(const struct sockaddr_in *)address;
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return bind_of_libc(socket, (const struct sockaddr *)&local, sizeof local);
}

__attribute__((constructor)) static void end_with_parent(void)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}
