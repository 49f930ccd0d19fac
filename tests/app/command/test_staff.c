/* Staff and personal codes from the command line: alone, and through a running station. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/control_call.h"
#include "tests/support/session.h"

#define PIN "274913"
#define GIVE(digits) "echo " digits " | "

static struct said said;

static int set_up_station(void **state)
{
    session_set_up_people(state);
    session_start_station(*state);
    return 0;
}

/* The same story with and without a station. */
static void tell_the_story_of_a_staff_member(struct session *session)
{
    session_must(session, &said, "$P staff list --data $D");
    assert_non_null(strstr(said.out, "nobody is staff yet"));
    session_must(session, &said, GIVE(PIN) "$P staff add 1001 --data $D");
    assert_string_equal(said.out, "1001 is staff, and has a PIN\n");
    session_must(session, &said, GIVE("905317") "$P staff add 1002 --role host --data $D");
    session_must(session, &said, "$P staff list --data $D");
    assert_non_null(strstr(said.out, "1001     Ada Okonkwo, staff, 1 badge\n"));
    assert_non_null(strstr(said.out, "1002     Zoé Delacroix, host, 1 badge\n"));
    session_must(session, &said, GIVE(PIN) "$P staff check 1001 --data $D");
    session_must(session, &said, GIVE("905317") "$P staff pin 1001 --data $D");
    session_run(session, &said, GIVE(PIN) "$P staff check 1001 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_string_equal(said.out, "that is not the PIN of 1001\n");
    session_must(session, &said, GIVE("905317") "$P staff check 1001 --data $D");
    session_must(session, &said, "$P staff remove 1001 --data $D");
    session_must(session, &said, "$P staff list --data $D --json");
    json_t *array = session_json(&said);
    assert_int_equal(json_array_size(array), 1);
    json_t *zoe = json_array_get(array, 0);
    assert_string_equal(json_text(zoe, "number"), "1002");
    assert_string_equal(json_text(zoe, "role"), "host");
    assert_true(json_is_true(json_object_get(zoe, "has_pin")));
    json_decref(array);
    session_must(session, &said, "$P verify --data $D");
}

/* By role nobody, by circle much: like staff they get a PIN, and are listed. */
static void tell_of_a_circle_with_rights(struct session *session)
{
    session_must(session, &said, "$P people circle 1002 desk --data $D");
    session_must(session, &said, "$P staff list --data $D");
    assert_string_equal(said.out,
                        "1002     Zoé Delacroix, circle desk (roll-call, export), 1 badge, no "
                        "PIN yet\n");
    session_run(session, &said, GIVE(PIN) "$P staff check 1002 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_string_equal(said.err, "perron: 1002 has no PIN yet: perron staff pin 1002 gives one to "
                                  "who may have it\n");
    session_must(session, &said, GIVE(PIN) "$P staff pin 1002 --data $D");
    assert_string_equal(said.out, "1002 has a new PIN\n");
    session_must(session, &said, GIVE(PIN) "$P staff check 1002 --data $D");
    session_must(session, &said, "$P staff unlock 1002 --data $D");
    session_must(session, &said, "$P staff list --data $D --json");
    json_t *array = session_json(&said);
    json_t *zoe = json_array_get(array, 0);
    assert_string_equal(json_text(zoe, "role"), "");
    assert_string_equal(json_text(zoe, "circle"), "desk");
    assert_int_equal(json_array_size(json_object_get(zoe, "rights")), 2);
    json_decref(array);
    session_run(session, &said, GIVE(PIN) "$P staff pin 1003 --data $D");
    assert_non_null(strstr(said.err, "1003 has neither a role nor a circle with rights"));
    session_run(session, &said, "$P staff remove 1002 --data $D");
    assert_non_null(strstr(said.err, "1002 has no role to take away"));
}

#define CIRCLE_WITH_RIGHTS                                                                         \
    "mkdir -p $D && printf '[circle desk]\\nhours = 3\\nmay = export, roll-call\\n' > "            \
    "$D/circles.conf"

static int set_up_circle(void **state)
{
    session_set_up(state);
    session_must(*state, &said, CIRCLE_WITH_RIGHTS);
    session_must(*state, &said, "$P people import app/share/demo/people.csv --data $D");
    return 0;
}

static int set_up_circle_at_a_station(void **state)
{
    set_up_circle(state);
    session_start_station(*state);
    return 0;
}

static void who_has_rights_by_a_circle_gets_a_pin(void **state)
{
    tell_of_a_circle_with_rights(*state);
}

static void who_has_rights_by_a_circle_gets_a_pin_through_a_station(void **state)
{
    tell_of_a_circle_with_rights(*state);
}

#define BAKERY "Ravito"

static void tell_of_staff_of_one_organisation(struct session *session)
{
    session_must(session, &said,
                 "$P calendar add --title Baking --day 2027-03-01 --from 18:00 --to 20:00"
                 " --missions Oven:2 --organisation " BAKERY " --data $D");
    session_must(session, &said, GIVE(PIN) "$P staff add 1001 --organisation " BAKERY " --data $D");
    assert_string_equal(said.out, "1001 is staff of " BAKERY ", and has a PIN\n");
    session_must(session, &said, GIVE("905317") "$P staff add 1002 --data $D");
    session_must(session, &said, "$P staff list --data $D");
    assert_non_null(strstr(said.out, "1001     Ada Okonkwo, staff of " BAKERY ", 1 badge\n"));
    assert_non_null(strstr(said.out, "1002     Zoé Delacroix, staff, 1 badge\n"));
    session_must(session, &said, "$P staff list --data $D --json");
    json_t *array = session_json(&said);
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *row = json_array_get(array, i);
        bool is_ada = strcmp(json_text(row, "number"), "1001") == 0;
        assert_string_equal(json_text(row, "organisation"), is_ada ? BAKERY : "");
    }
    json_decref(array);
    session_must(session, &said, GIVE(PIN) "$P staff add 1001 --data $D");
    assert_string_equal(said.out, "1001 is staff, and has a PIN\n");
    session_must(session, &said, "$P staff list --data $D");
    assert_non_null(strstr(said.out, "1001     Ada Okonkwo, staff, 1 badge\n"));
    session_must(session, &said, "$P verify --data $D");
}

static void staff_of_one_organisation_are_listed_as_such(void **state)
{
    tell_of_staff_of_one_organisation(*state);
}

static void a_station_makes_staff_of_one_organisation_too(void **state)
{
    tell_of_staff_of_one_organisation(*state);
}

static void staff_come_and_go_in_a_register_that_no_station_holds(void **state)
{
    tell_the_story_of_a_staff_member(*state);
}

static void staff_come_and_go_through_a_running_station(void **state)
{
    tell_the_story_of_a_staff_member(*state);
}

static void lock_and_unlock(struct session *session)
{
    session_must(session, &said, GIVE(PIN) "$P staff add 1001 --data $D");
    for (int i = 0; i < 5; i++)
        session_run(session, &said, GIVE("111222") "$P staff check 1001 --data $D");
    assert_non_null(strstr(said.out, "that is not the PIN, and 1001 is locked for"));
    session_run(session, &said, GIVE(PIN) "$P staff check 1001 --data $D --json");
    assert_int_equal(said.code, COMMAND_FAILED);
    json_t *object = session_json(&said);
    assert_true(json_is_false(json_object_get(object, "tried")));
    assert_in_range(json_number(object, "locked_s", 0), 10, 30);
    json_decref(object);
    session_must(session, &said, "$P staff list --data $D");
    assert_non_null(strstr(said.out, ", locked for "));
    session_must(session, &said, "$P staff unlock 1001 --data $D");
    session_must(session, &said, GIVE(PIN) "$P staff check 1001 --data $D");
}

static void who_locked_themselves_out_is_let_in_again(void **state)
{
    lock_and_unlock(*state);
}

static void who_locked_themselves_out_at_a_station_is_let_in_again(void **state)
{
    lock_and_unlock(*state);
}

static void a_pin_comes_from_a_descriptor_too(void **state)
{
    session_must(*state, &said,
                 "echo " PIN " > $F/pin; $P staff add 1001 --pin-fd 3 --data $D 3<$F/pin");
    session_must(*state, &said, "$P staff check 1001 --pin-fd=4 --json --data $D 4<$F/pin");
    json_t *object = session_json(&said);
    assert_true(json_is_true(json_object_get(object, "right")));
    json_decref(object);
}

static void what_cannot_be_is_said_and_nothing_changes(void **state)
{
    static const struct {
        const char *line, *sentence;
    } refused[] = {
        {GIVE(PIN) "$P staff add 9999", "nobody has the number 9999"},
        {GIVE(PIN) "$P staff add 1001 --organisation Ravito", "no organisation called Ravito"},
        {GIVE(PIN) "$P staff add 1001 --organisation -", "or of the whole house"},
        {GIVE(PIN) "$P staff pin 1001", "1001 has neither a role nor a circle"},
        {"$P staff remove 1001", "1001 has no role to take away"},
        {"$P staff unlock 1001", "1001 has neither a role nor a circle"},
        {GIVE("1234") "$P staff add 1001", "counts up or down"},
        {GIVE("27") "$P staff add 1001", "4 to 8 digits"},
        {GIVE("hello") "$P staff add 1001", "4 to 8 digits"},
        {": | $P staff add 1001", "there was no PIN to read"},
        {"$P staff add 1001 --pin-fd 274913", "number of an open descriptor"},
        {"$P staff add 1001 --pin-fd 77", "no PIN could be read"},
    };
    session_must(*state, &said, "$P status --json --data $D");
    json_t *before = session_json(&said);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        session_run(*state, &said, "%s --data $D", refused[i].line);
        if (said.code != COMMAND_FAILED || said.out[0] || !strstr(said.err, refused[i].sentence))
            fail_msg("%s: exit code %d: %s%s", refused[i].line, said.code, said.out, said.err);
    }
    session_must(*state, &said, "$P status --json --data $D");
    json_t *after = session_json(&said);
    assert_int_equal(json_number(before, "facts", -1), json_number(after, "facts", -2));
    json_decref(before);
    json_decref(after);
}

static void words_that_make_no_sense_are_misuse(void **state)
{
    static const struct {
        const char *line, *sentence;
    } wrong[] = {
        {"staff", "staff needs add, pin"},
        {"staff frob 1001", "staff needs add, pin"},
        {"staff add", "who?"},
        {"staff add 1001 274913", "never a word"},
        {"staff add 1001 274913 1", "one word too many"},
        {"staff add 1001 --role king", "--role is staff, referent or host"},
        {"staff add 1001 --role ''", "--role needs a value"},
        {"staff pin 1001 --organisation Ravito", "goes with perron staff add alone"},
        {"staff check 1001 --organisation Ravito", "goes with perron staff add alone"},
        {"staff add 1001 --organisation ''", "--organisation needs a value"},
        {"staff add 1001 --pin 274913", "there is no option --pin here"},
        {"staff list 1001", "takes no more words"},
        {"staff list --organisation Ravito", "goes with perron staff add alone"},
        {"people codes", "into which file?"},
        {"people codes a b", "into which file?"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        session_run(*state, &said, GIVE(PIN) "$P %s --data $D", wrong[i].line);
        if (said.code != COMMAND_MISUSED || said.out[0] || !strstr(said.err, wrong[i].sentence))
            fail_msg("perron %s: exit code %d: %s%s", wrong[i].line, said.code, said.out, said.err);
    }
}

static void without_a_register_nobody_becomes_staff(void **state)
{
    static const char *const lines[] = {
        "staff add 1001",    "staff pin 1001", "staff check 1001",         "staff remove 1001",
        "staff unlock 1001", "staff list",     "people codes $F/codes.csv"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        session_run(*state, &said, GIVE(PIN) "$P %s --data $D", lines[i]);
        if (said.code != COMMAND_FAILED || said.out[0] || !strstr(said.err, "/data"))
            fail_msg("perron %s: exit code %d: %s%s", lines[i], said.code, said.out, said.err);
    }
    session_must(*state, &said, "test ! -e $D && test ! -e $F/codes.csv");
}

/* --- codes --- */

static void codes_for_everybody(struct session *session)
{
    session_must(session, &said,
                 "$P people codes $F/codes.csv --data $D; stat -c %%a $F/codes.csv;"
                 "wc -l < $F/codes.csv; cut -d\\; -f3 $F/codes.csv | sort -u | wc -l;"
                 "grep -cE ';[B-Z]{3} [B-Z]{3}' $F/codes.csv; test ! -e $F/*.part");
    assert_non_null(strstr(said.out, "codes.csv: 40 codes;"));
    assert_non_null(strstr(said.out, "\n600\n41\n41\n40\n"));
    session_must(session, &said, "$P people codes $F/none.csv --data $D; test ! -e $F/none.csv");
    assert_string_equal(said.out, "everybody has a code already\n");
    session_must(session, &said,
                 "printf 'number;first name\\n3001;Nadia\\n' > $F/l.csv;"
                 "$P people import $F/l.csv --data $D >/dev/null;"
                 "$P people codes $F/new.csv --json --data $D; cat $F/new.csv");
    assert_non_null(strstr(said.out, "\"codes\":1}"));
    assert_non_null(strstr(said.out, "3001;Nadia;"));
    session_must(session, &said,
                 "$P people codes $F/all.csv --all --data $D;"
                 "cat $F/codes.csv $F/all.csv | cut -d\\; -f3 | sort -u | wc -l");
    assert_non_null(strstr(said.out, "41 codes;"));
    assert_non_null(strstr(said.out, "\n82\n")); /* forty, forty-one new ones, the heading */
    session_must(session, &said, "$P verify --data $D");
}

static void everybody_gets_a_code_alone(void **state)
{
    codes_for_everybody(*state);
}

static void everybody_gets_a_code_through_a_station(void **state)
{
    codes_for_everybody(*state);
}

static void codes_never_take_the_place_of_a_file(void **state)
{
    session_run(*state, &said, "echo mine > $F/codes.csv; $P people codes $F/codes.csv --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "is there already"));
    session_must(*state, &said, "cat $F/codes.csv; ls -A $F; $P people codes $F/new.csv --data $D");
    assert_non_null(strstr(said.out, "mine\n"));
    assert_non_null(strstr(said.out, "40 codes"));
    session_run(*state, &said, "$P people codes $F/nowhere/codes.csv --all --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "the folder is not there"));
}

/* Killed anywhere, the file is there with codes that hold, or it is not there. */
static void a_run_that_is_cut_off_leaves_a_true_list_or_none(void **state)
{
    session_must(*state, &said,
                 "for ms in 050 100 200 400 800 1000 1200 1300 1400 1500 1600 1700; do"
                 " timeout -s KILL 0.$ms $P people codes $F/$ms.csv --data $D >/dev/null 2>&1;"
                 " test -e $F/$ms.csv && test $(wc -l < $F/$ms.csv) != 41 && echo half; done;"
                 "$P people codes $F/last.csv --data $D; ls $F; $P verify --data $D");
    assert_null(strstr(said.out, "half"));
    assert_non_null(strstr(said.out, "holds: "));
    bool is_made_now = strstr(said.out, "last.csv: 40 codes") != NULL;
    bool was_made = strstr(said.out, "everybody has a code already") != NULL;
    assert_true(is_made_now != was_made);
    assert_true(strstr(said.out, ".csv") != NULL);
}

/* The cut came between the register and the name of the file. */
static void a_list_that_only_lacks_its_name_is_pointed_out(void **state)
{
    session_must(*state, &said,
                 "$P people codes $F/codes.csv --data $D; mv $F/codes.csv $F/codes.csv.part;"
                 "$P people codes $F/codes.csv --data $D; ls $F/codes.csv.part");
    assert_non_null(strstr(said.out, "codes.csv.part has those of a run that was cut off: rename"));
}

/* --- what may come over the socket --- */

struct request {
    const char *line; /* JSON */
    const char *file; /* what comes along; NULL: nothing */
    const char *sentence;
};

static void assert_refused(const char *socket, const struct request *request)
{
    struct reason reason = {.text = ""};
    json_t *reply = NULL;
    int file = -1;
    if (request->file) {
        file = memfd_create("file", MFD_CLOEXEC);
        assert_true(write(file, request->file, strlen(request->file)) >= 0);
        lseek(file, 0, SEEK_SET);
    }
    enum rc rc =
        control_call(socket, json_loads(request->line, 0, NULL), file, 5000, &reply, &reason);
    if (rc != RC_REFUSED || !strstr(reason.text, request->sentence))
        fail_msg("%s: %s: %s", request->line, rc_text(rc), reason.text);
    if (file >= 0)
        close(file);
}

static void requests_that_make_no_sense_are_refused(void **state)
{
    static const struct request requests[] = {
        {"{\"do\":\"staff\"}", NULL, "no order about staff"},
        {"{\"do\":\"staff\",\"act\":\"frob\",\"number\":\"1001\"}", NULL, "no order about staff"},
        {"{\"do\":\"staff\",\"act\":\"remove\",\"number\":7}", NULL, "no order about staff"},
        {"{\"do\":\"staff\",\"act\":\"add\",\"number\":\"1001\",\"role\":\"king\",\"pin\":\"x\"}",
         NULL, "no order about staff"},
        {"{\"do\":\"staff\",\"act\":\"add\",\"number\":\"1001\",\"role\":\"host\",\"pin\":"
         "\"274913\"}",
         NULL, "no sealed PIN"},
        {"{\"do\":\"staff\",\"act\":\"unlock\",\"number\":\"9999\"}", NULL,
         "nobody has the number"},
        {"{\"do\":\"codes\"}", NULL, "brought no file"},
        {"{\"do\":\"codes\"}", "hello\n", "no sealed PIN or code"},
        {"{\"do\":\"codes\"}", "1 2 BCDFGH\n", "the register changed"},
        {"{\"do\":\"check\"}", NULL, "brought no PIN"},
        {"{\"do\":\"check\",\"person\":[1,2]}", "", "brought no PIN"},
        {"{\"do\":\"check\",\"person\":[1,2]}", "274913", "could not be tried: not found"},
        {"{\"do\":\"check\",\"person\":\"Ada\"}", "274913", "could not be tried: not found"},
        {"{\"do\":\"check\",\"person\":[1,2]}", "274913274913", "brought no PIN"},
    };
    char socket[128];
    struct session *session = *state;
    snprintf(socket, sizeof socket, "%s/socket", session->data);
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        assert_refused(socket, &requests[i]);
    session_wait_for_status(session, "scene      resting");
}

/* --- from the boot partition --- */

static void write_staff_file(struct session *session, const char *text)
{
    char options[128];
    snprintf(options, sizeof options, "--boot %.64s/boot", session->folder);
    setenv("S", options, 1);
    session_must(session, &said, "mkdir -p $F/boot; printf '%s' > $F/boot/staff.conf", text);
}

/* It is taken after the lists, while people tap. */
static void wait_for_log(const char *text, struct session *session)
{
    session_must(session, &said,
                 "for i in $(seq 200); do grep -q '%s' $F/station.err && exit 0; sleep 0.1; done;"
                 " cat $F/station.err; exit 1",
                 text);
}

static void a_staff_file_is_taken_when_the_station_starts(void **state)
{
    struct session *session = *state;
    write_staff_file(session,
                     "[staff]\\nnumber = 1001\\nbadge = 045C9AE217B368\\npin = " PIN "\\n");
    session_start_station(session);
    wait_for_log("it named staff", session);
    session_must(session, &said, "$P staff list --data $D; cat $F/boot/staff.conf $F/station.err");
    assert_non_null(strstr(said.out, "1001     Ada Okonkwo, staff, 2 badges\n"));
    assert_non_null(strstr(said.out, "# Perron took what stood here on "));
    assert_non_null(strstr(said.out, "boot/staff.conf was taken: it named staff"));
    assert_null(strstr(said.out, PIN));
    session_must(session, &said, GIVE(PIN) "$P staff check 1001 --data $D");
    session_must(session, &said, "$P tap 045C9AE217B368 --data $D");
    session_wait_for_status(session, "scene      greeting");
}

static void a_staff_file_with_a_mistake_is_told_and_the_station_starts(void **state)
{
    struct session *session = *state;
    write_staff_file(session, "[staff]\\nnumber = 1001\\npim = " PIN "\\n");
    session_start_station(session);
    wait_for_log("unknown key", session);
    session_must(session, &said, "$P staff list --data $D; cat $F/station.err");
    assert_non_null(strstr(said.out, "nobody is staff yet"));
    assert_non_null(strstr(said.out, "staff.conf:3: unknown key 'pim' in [staff]"));
    session_wait_for_status(session, "scene      mistakes");
}

/* It names staff all the same, once, and says that the PIN can still be read. */
static void a_staff_file_that_cannot_be_written_over_is_told_at_each_start(void **state)
{
    static const char script[] =
        "mount --bind $F/boot $F/boot && mount -o remount,ro,bind $F/boot || exit 9;"
        "for i in 1 2; do $P station --board board/desktop.conf --reader sim --headless --data $D"
        " --boot $F/boot & station=$!; for i in $(seq 100); do"
        " $P status --data $D | grep -q mistakes && break; sleep 0.1; done;"
        " $P staff list --data $D; $P status --data $D --json >$F/status; kill $station;"
        " wait $station; $P status --data $D --json; done";
    write_staff_file(*state, "[staff]\\nnumber = 1001\\npin = " PIN "\\n");
    session_run(*state, &said,
                "unshare $(test $(id -u) = 0 || echo -r) -m sh -c 'mount -t tmpfs none /mnt'");
    if (said.code)
        skip();
    session_run(*state, &said, "unshare $(test $(id -u) = 0 || echo -r) -m sh -c '%s'", script);
    assert_int_equal(said.code, 0);
    const char *first = strstr(said.err, "taken, but cannot be written over");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "taken, but cannot be written over"));
    assert_non_null(strstr(said.out, "1001     Ada Okonkwo, staff"));
    session_must(*state, &said,
                 "sqlite3 $D/perron.db 'SELECT count(*) FROM fact WHERE kind IN (16,17)'");
    assert_string_equal(said.out, "2\n");
}

#define ALONE(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)
#define BESIDE(name) cmocka_unit_test_setup_teardown(name, set_up_station, session_tear_down)
#define EMPTY(name) cmocka_unit_test_setup_teardown(name, session_set_up, session_tear_down)

#define CIRCLE(name) cmocka_unit_test_setup_teardown(name, set_up_circle, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ALONE(staff_come_and_go_in_a_register_that_no_station_holds),
        BESIDE(staff_come_and_go_through_a_running_station),
        ALONE(staff_of_one_organisation_are_listed_as_such),
        BESIDE(a_station_makes_staff_of_one_organisation_too),
        CIRCLE(who_has_rights_by_a_circle_gets_a_pin),
        cmocka_unit_test_setup_teardown(who_has_rights_by_a_circle_gets_a_pin_through_a_station,
                                        set_up_circle_at_a_station, session_tear_down),
        ALONE(who_locked_themselves_out_is_let_in_again),
        BESIDE(who_locked_themselves_out_at_a_station_is_let_in_again),
        ALONE(a_pin_comes_from_a_descriptor_too),
        ALONE(what_cannot_be_is_said_and_nothing_changes),
        EMPTY(words_that_make_no_sense_are_misuse),
        EMPTY(without_a_register_nobody_becomes_staff),
        ALONE(everybody_gets_a_code_alone),
        BESIDE(everybody_gets_a_code_through_a_station),
        ALONE(codes_never_take_the_place_of_a_file),
        ALONE(a_run_that_is_cut_off_leaves_a_true_list_or_none),
        ALONE(a_list_that_only_lacks_its_name_is_pointed_out),
        BESIDE(requests_that_make_no_sense_are_refused),
        ALONE(a_staff_file_is_taken_when_the_station_starts),
        ALONE(a_staff_file_with_a_mistake_is_told_and_the_station_starts),
        ALONE(a_staff_file_that_cannot_be_written_over_is_told_at_each_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
