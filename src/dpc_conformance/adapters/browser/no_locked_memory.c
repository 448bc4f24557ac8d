/* Loaded into Chromium before libc: no memory is locked.

   OpenSC 0.23 locks a page for a PIN wherever that page begins, which locks the next one, too, and unlocks the first one
   only. When Chromium gives the other one back, Linux refuses (madvise: EINVAL for locked pages) and Chromium aborts. The
   PINs here are those of test cards, and this memory goes nowhere. */

#include <stddef.h>

int mlock(const void *start, size_t length)
{
    (void)start;
    (void)length;
    return 0;
}
