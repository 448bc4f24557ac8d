/* A PKCS #11 module in front of the card's own. It tells through a socket when the browser looks at the reader. For a
   browser without a window to ask for the PIN in, whoever plays the cardholder says through that socket when to log in,
   and with which PIN. All else is the card's module. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef unsigned long number;
enum {
    GET_FUNCTION_LIST = 3,
    GET_SLOT_INFO = 5,
    GET_TOKEN_INFO = 6,
    OPEN_SESSION = 12,
    GET_SESSION_INFO = 15,
    LOGIN = 18,
    FIND_OBJECTS_INIT = 26,
    ALL = 68
};
enum { OK = 0, GENERAL_ERROR = 5, USER = 1, SERIAL = 4, LOGIN_REQUIRED = 4, FLAGS = 96 };
/* The order of functions in a CK_FUNCTION_LIST, and where the flags stand in a CK_TOKEN_INFO (PKCS #11 2.40). */

struct functions {
    unsigned char version[2];
    void *call[ALL];
};
struct attribute {
    number type;
    void *value;
    number size;
};
enum { CLASS = 0, PUBLIC_KEY = 2, PRIVATE_KEY = 3, MOST = 8 };
enum { SLOT = 0, STATE = 1, SESSION_INFO = 4, PUBLIC_READER = 0, PUBLIC_WRITER = 2 };
static struct functions *card, ours;

/* Tells the desk what happens, LOOKED or NEEDED; the answer is the PIN, when the cardholder types it now. */
enum { LOOKED = 'l', NEEDED = 'n' };
static number tell(char what, char *pin, number size)
{
    struct sockaddr_un desk = { .sun_family = AF_UNIX };
    const char *path = getenv("DPC_LOGIN_DESK");
    if (path == NULL || strlen(path) >= sizeof desk.sun_path)
        return 0;
    strcpy(desk.sun_path, path);
    int line = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    long said = -1;
    if (line >= 0 && connect(line, (struct sockaddr *)&desk, sizeof desk) == 0 && write(line, &what, 1) == 1)
        said = read(line, pin, size);
    if (line >= 0)
        close(line);
    return said > 0 ? (number)said : 0;
}

/* A login ends with the last session: one of our own, which ends when the card is taken out, keeps it. */
static void log_in(number slot)
{
    char pin[32];
    number size = tell(NEEDED, pin, sizeof pin), session;
    if (size == 0)
        return;
    number (*open)(number, number, void *, void *, number *) = card->call[OPEN_SESSION];
    if (open(slot, SERIAL, NULL, NULL, &session) == OK)
        ((number (*)(number, number, char *, number))card->call[LOGIN])(session, USER, pin, size);
    explicit_bzero(pin, sizeof pin);
}

/* The browser shall not ask for the PIN itself. */
static number get_token_info(number slot, char *info)
{
    number answer = ((number (*)(number, char *))card->call[GET_TOKEN_INFO])(slot, info);
    if (answer == OK)
        *(number *)(info + FLAGS) &= ~(number)LOGIN_REQUIRED;
    return answer;
}

/* Somebody looks whether there is a card. */
static number get_slot_info(number slot, void *info)
{
    char nothing;
    number answer = ((number (*)(number, void *))card->call[GET_SLOT_INFO])(slot, info);
    tell(LOOKED, &nothing, 0);
    return answer;
}

static number open_session(number slot, number flags, void *application, void *notify, number *session)
{
    number (*open)(number, number, void *, void *, number *) = card->call[OPEN_SESSION];
    number answer = open(slot, flags, application, notify, session);
    if (answer == OK)
        log_in(slot);
    return answer;
}

/* While nobody is logged in, the public key stands for the private one: the browser knows then that it can offer the
   certificate, and stops when the key does not sign. It does the same with cards for which it asks for the PIN itself. */
static number find_objects_init(number session, struct attribute *wanted, number count)
{
    number (*look)(number, number *) = card->call[GET_SESSION_INFO];
    number (*find)(number, struct attribute *, number) = card->call[FIND_OBJECTS_INIT];
    number about[SESSION_INFO], public = PUBLIC_KEY;
    struct attribute instead[MOST];
    if (look(session, about) == OK)
        log_in(about[SLOT]);
    if (count > MOST || look(session, about) != OK || (about[STATE] != PUBLIC_READER && about[STATE] != PUBLIC_WRITER))
        return find(session, wanted, count);
    for (number each = 0; each < count; each++) {
        instead[each] = wanted[each];
        if (wanted[each].type == CLASS && *(number *)wanted[each].value == PRIVATE_KEY)
            instead[each].value = &public;
    }
    return find(session, instead, count);
}

number C_GetFunctionList(struct functions **list)
{
    if (card == NULL) {
        void *module = getenv("DPC_CARD_MODULE") ? dlopen(getenv("DPC_CARD_MODULE"), RTLD_NOW) : NULL;
        number (*get)(struct functions **) = module ? dlsym(module, "C_GetFunctionList") : NULL;
        if (get == NULL || get(&card) != OK)
            return GENERAL_ERROR;
        ours = *card;
        ours.call[GET_FUNCTION_LIST] = C_GetFunctionList;
        ours.call[GET_SLOT_INFO] = get_slot_info;
    }
    if (card != NULL && getenv("DPC_BROWSER_ASKS") == NULL) {
        ours.call[GET_TOKEN_INFO] = get_token_info;
        ours.call[OPEN_SESSION] = open_session;
        ours.call[FIND_OBJECTS_INIT] = find_objects_init;
    }
    *list = &ours;
    return OK;
}
