/* Without memory a house's welcome is told to be unread, and nothing stays behind. */
#include "app/guides.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"

static int fails_at; /* counts down; 0: nothing fails */
static bool has_failed;

/* The guide's own memory; the sanitizer sees what is left of the rest. */
void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    if (fails_at > 0 && --fails_at == 0) {
        has_failed = true;
        return NULL;
    }
    return real(count, size);
}

static void without_memory_no_guide_is_given_and_none_is_lost(void **state)
{
    static struct problems problems;
    int trials = 0;
    (void)state;
    do {
        struct guide *guide = NULL;
        memset(&problems, 0, sizeof problems);
        has_failed = false;
        fails_at = ++trials;
        enum rc rc = guides_read("app/share/venue/welcome", NULL, NULL, &guide, &problems);
        fails_at = 0;
        assert_int_equal(rc == RC_OK, !has_failed);
        assert_int_equal(guide != NULL, !has_failed);
        assert_true(rc == RC_OK || rc == RC_NO_MEMORY || problems.count == 1);
        guides_free(guide);
    } while (has_failed);
    assert_true(trials > 20); /* it did come to that */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_no_guide_is_given_and_none_is_lost),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
