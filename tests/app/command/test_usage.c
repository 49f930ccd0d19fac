/* What every verb owes: help, a line in the man page, and a sentence for what it does not know. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

static const char *const verbs[] = {
    "station",     "visits", "hours",       "report", "people", "verify",  "status",
    "tap",         "export", "screenshot",  "doctor", "staff",  "venue",   "roll-call",
    "certificate", "import", "diagnostics", "keys",   "open",   "restore", "update"};
#define VERBS (sizeof verbs / sizeof verbs[0])

static struct said said;

static void help_lists_every_verb_and_every_verb_has_help(void **state)
{
    char expected[64];
    static struct said each;
    session_must(*state, &said, "$P --help");
    for (size_t i = 0; i < VERBS; i++) {
        assert_non_null(strstr(said.out, verbs[i]));
        session_must(*state, &each, "$P %s --help", verbs[i]);
        snprintf(expected, sizeof expected, "usage: perron %s", verbs[i]);
        assert_memory_equal(each.out, expected, strlen(expected));
        assert_string_equal(each.err, "");
    }
}

static void the_man_page_has_every_verb_and_every_option(void **state)
{
    static char help[sizeof said.out];
    session_must(*state, &said, "cat app/share/man/perron.1.scd");
    for (size_t i = 0; i < VERBS; i++) {
        static struct said each;
        if (!strstr(said.out, verbs[i]))
            fail_msg("the man page does not know '%s'", verbs[i]);
        session_must(*state, &each, "$P %s --help | grep -o -- '--[a-z][a-z-]*' | sort -u",
                     verbs[i]);
        strcpy(help, each.out);
        for (char *rest = help, *option; (option = strtok_r(rest, "\n", &rest));) {
            if (!strstr(said.out, option))
                fail_msg("the man page does not know %s of %s", option, verbs[i]);
        }
    }
}

static void what_it_does_not_know_is_named_and_nothing_is_done(void **state)
{
    static const struct {
        const char *line, *sentence;
    } wrong[] = {
        {"frobnicate", "there is no verb 'frobnicate'"},
        {"", "usage: perron VERB"},
        {"visits --frob", "there is no option --frob"},
        {"visits --json=1", "there is no option --json"},
        {"visits --data", "--data needs a value"},
        {"visits --data=", "--data needs a value"},
        {"visits --data ''", "--data needs a value"},
        {"visits nonsense", "'nonsense' is one word too many"},
        {"hours --frob", "there is no option --frob"},
        {"hours --by", "--by needs a value"},
        {"report nonsense", "'nonsense' is one word too many"},
        {"people", "import, list, show, badge, circle"},
        {"people frob", "import, list, show, badge, circle"},
        {"people import", "which list?"},
        {"people show", "who?"},
        {"people badge 1001", "whose, and which?"},
        {"people codes", "into which file?"},
        {"people circle 1001", "whose, and which?"},
        {"people rest", "who, and until when?"},
        {"calendar", "list, add, import, cancel or keep"},
        {"calendar import", "which calendar?"},
        {"shifts", "needed, show, sign-up"},
        {"circles nonsense", "one word too many"},
        {"baskets today next", "one pick-up at a time"},
        {"baskets --csv --json", "--csv"},
        {"baskets import", "which list?"},
        {"baskets fetched", "whose?"},
        {"newcomers buddy 1001", "who, and yes or no?"},
        {"newcomers forget 1001", "no more words"},
        {"update", "keys, sign, check, keep, status, apply or settle?"},
        {"update frob", "keys, sign, check, keep, status, apply or settle?"},
        {"update keys", "keys: which file?"},
        {"update sign $F/x.deb", "with which key?"},
        {"update status now", "status takes no file"},
        {"staff", "add, pin, check, remove, unlock or list"},
        {"staff add", "who?"},
        {"tap", "which badge?"},
        {"export", "which folder?"},
        {"screenshot", "which file?"},
        {"station --data $D", "which board?"},
        {"station --boot $F --data $D", "which board?"},
        {"doctor", "which board?"},
        {"station --board board/desktop.conf --reader foo --data $D", "must begin with a driver"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        session_run(*state, &said, "$P %s", wrong[i].line);
        if (said.code != COMMAND_MISUSED || said.out[0] || !strstr(said.err, wrong[i].sentence))
            fail_msg("perron %s: exit code %d: %s%s", wrong[i].line, said.code, said.out, said.err);
    }
    session_must(*state, &said, "test ! -e $D");
}

/* It is the board, in the place of --board; where it has a mistake the other one is taken. */
static void a_board_on_the_boot_partition_counts(void **state)
{
    static const char run[] = "timeout 2 $P station --boot $F/card --data $D --headless";
    session_must(*state, &said,
                 "mkdir -p $F/card/perron && cp board/desktop.conf $F/card/perron/BOARD.CONF");
    session_run(*state, &said, "%s --board /nowhere", run);
    assert_int_equal(said.code, 124); /* it ran until then */
    assert_null(strstr(said.err, "nowhere"));
    session_must(*state, &said, "echo nonsense >> $F/card/perron/BOARD.CONF");
    session_run(*state, &said, "%s", run);
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "BOARD.CONF:"));
    session_run(*state, &said, "%s --board board/desktop.conf", run);
    assert_int_equal(said.code, 124);
    assert_non_null(strstr(said.err, "on the boot partition: board.conf:"));
}

static void without_a_register_every_verb_says_so(void **state)
{
    static const char *const lines[] = {"visits",
                                        "visits --json",
                                        "hours",
                                        "hours --csv",
                                        "report",
                                        "baskets",
                                        "baskets fetched 1001",
                                        "people list",
                                        "newcomers",
                                        "newcomers forget",
                                        "newcomers buddy 1001 yes",
                                        "verify",
                                        "status",
                                        "export $F/out",
                                        "tap 04A1B2C3D4E5F6",
                                        "screenshot $F/x.png"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        session_run(*state, &said, "$P %s --data $D", lines[i]);
        if (said.code != COMMAND_FAILED || said.out[0] || !strstr(said.err, "/data"))
            fail_msg("perron %s: exit code %d: %s%s", lines[i], said.code, said.out, said.err);
    }
    session_must(*state, &said, "test ! -e $D && test ! -e $F/out && test ! -e $F/x.png");
}

static void the_data_folder_may_come_from_the_environment(void **state)
{
    session_run(*state, &said, "PERRON_DATA=$F/other $P visits");
    assert_non_null(strstr(said.err, "/other"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(help_lists_every_verb_and_every_verb_has_help,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(the_man_page_has_every_verb_and_every_option,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(what_it_does_not_know_is_named_and_nothing_is_done,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(a_board_on_the_boot_partition_counts, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(without_a_register_every_verb_says_so, session_set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(the_data_folder_may_come_from_the_environment,
                                        session_set_up, session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
