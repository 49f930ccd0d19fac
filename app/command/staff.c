#include "app/staff.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/command/alone.h"
#include "app/command/ask.h"
#include "app/command/order.h"
#include "app/command/staff_command_i.h"
#include "app/command/talk.h"
#include "app/store/keys.h"
#include "app/store/lookup_named.h"

static int misuse(const char *sentence)
{
    fprintf(stderr, "perron: %s\nperron staff --help tells more\n", sentence);
    return COMMAND_MISUSED;
}

/* --- who, and which PIN --- */

static enum rc find_pin(struct db *db, const struct person *person, struct reason *out_reason)
{
    char who[LOOKUP_NAMED_HANDLE_BYTES];
    struct fold_keyholder keys;
    enum rc rc = keys_find(db, person->id, &keys);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    else if (!keys.pin[0]) {
        lookup_named_handle(person, who);
        reason_set(out_reason,
                   "%s has no PIN yet: perron staff pin %s gives one to who may have it", who, who);
        rc = RC_NOT_FOUND;
    }
    return rc;
}

/* Before anybody is asked for a PIN: is there such a person, such an organisation, and, for a
 * check, such a PIN? */
static enum rc find_person(const struct staff_command_asked *asked, bool is_check,
                           struct person *out_person, uint8_t *out_key, struct reason *out_reason)
{
    struct command_register opened;
    enum rc rc = command_open_register(asked->data, &opened, out_reason);
    if (rc)
        return rc;
    rc = command_find_person(&opened, asked->rest[1], out_person, out_reason);
    if (!rc && asked->organisation)
        rc = staff_find_organisation(snapshot_db(opened.snapshot), asked->organisation,
                                     &(struct fact_id){0, 0}, out_reason);
    if (!rc && is_check)
        rc = find_pin(snapshot_db(opened.snapshot), out_person, out_reason);
    memcpy(out_key, folder_key(opened.folder), HASH_KEY_BYTES);
    command_close_register(&opened);
    return rc;
}

static enum rc seal_new_pin(const struct staff_command_asked *asked, const char *who,
                            const uint8_t *key, char *out_sealed, struct reason *out_reason)
{
    char digits[ASK_PIN_BYTES];
    enum rc rc = ask_pin(who, asked->pin_fd, true, digits, out_reason);
    if (rc)
        return rc;
    rc = secret_seal(key, digits, out_sealed);
    if (rc)
        reason_set(out_reason, "the PIN could not be sealed: %s", rc_text(rc));
    hash_forget(digits, sizeof digits);
    return rc;
}

/* --- orders --- */

static enum rc send_order(const struct staff_command_asked *asked, const struct staff_order *order,
                          struct reason *out_reason)
{
    struct order_result result;
    enum rc rc = order_send(asked->data,
                            json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "do", "staff", "act",
                                      staff_act_name(order->act), "number", order->who, "role",
                                      role_name(order->role), "organisation", order->organisation,
                                      "pin", order->sealed),
                            -1, NULL, &result, out_reason);
    orders_forget(&result);
    return rc;
}

static const char *const done_sentences[STAFF_ACT_COUNT] = {
    [STAFF_ADD] = "%s is %s%s%s, and has a PIN\n",
    [STAFF_PIN] = "%s has a new PIN\n",
    [STAFF_REMOVE] = "%s is no longer staff\n",
    [STAFF_UNLOCK] = "%s may try again\n",
};

static int carry_out(const struct staff_command_asked *asked, enum staff_act act)
{
    struct reason reason = {.text = ""};
    struct person person;
    uint8_t key[HASH_KEY_BYTES] = {0};
    struct staff_order order = {.act = act, .role = role_from_name(asked->role)};
    snprintf(order.organisation, sizeof order.organisation, "%s",
             asked->organisation ? asked->organisation : "");
    enum rc rc = find_person(asked, false, &person, key, &reason);
    if (!rc && (act == STAFF_ADD || act == STAFF_PIN))
        rc = seal_new_pin(asked, person.first_name, key, order.sealed, &reason);
    hash_forget(key, sizeof key);
    if (!rc) {
        lookup_named_handle(&person, order.who);
        rc = send_order(asked, &order, &reason);
    }
    if (rc)
        return command_fail(&reason);
    if (asked->is_json)
        command_print(json_pack("{s:s,s:s}", "number", order.who, "done", staff_act_name(act)));
    else
        printf(done_sentences[act], order.who, role_name(order.role),
               order.organisation[0] ? " of " : "", order.organisation);
    return COMMAND_OK;
}

/* --- checking a PIN --- */

/* What is read at once from the other end. */
static enum rc put_into_pipe(const char *digits, int *out_fd)
{
    int ends[2];
    size_t length = strlen(digits);
    if (pipe2(ends, O_CLOEXEC))
        return rc_from_errno(errno);
    bool is_written = write(ends[1], digits, length) == (ssize_t)length;
    close(ends[1]);
    if (!is_written) {
        close(ends[0]);
        return RC_IO;
    }
    *out_fd = ends[0];
    return RC_OK;
}

/* RC_REFUSED without a sentence: locked. */
static enum rc check_by_station(const struct staff_command_asked *asked,
                                struct keyring_attempt *attempt, struct reason *out_reason)
{
    json_t *reply;
    int fd = -1;
    enum rc rc = put_into_pipe(attempt->secret, &fd);
    if (rc) {
        reason_set(out_reason, "the PIN could not be handed over: %s", rc_text(rc));
        return RC_IO;
    }
    rc = talk_to_station(asked->data,
                         json_pack("{s:s,s:[I,I]}", "do", "check", "person",
                                   (json_int_t)attempt->person.station,
                                   (json_int_t)attempt->person.seq),
                         fd, &reply, out_reason);
    close(fd);
    if (rc)
        return rc == RC_REFUSED ? RC_IO : rc;
    bool is_tried = json_is_true(json_object_get(reply, "tried"));
    attempt->is_right = json_is_true(json_object_get(reply, "right"));
    attempt->locked_ms = json_number(reply, "locked_ms", 0);
    json_decref(reply);
    return is_tried ? RC_OK : RC_REFUSED;
}

static enum rc check_alone(const struct staff_command_asked *asked, struct keyring_attempt *attempt,
                           struct reason *out_reason)
{
    struct alone alone;
    enum rc rc = alone_open_existing(asked->data, &alone, out_reason);
    if (rc)
        return RC_IO;
    rc = keyring_prepare(alone.journal, &alone.now, attempt);
    if (!rc)
        rc = keyring_compute(folder_key(alone.folder), attempt);
    if (!rc)
        rc = keyring_record(alone.journal, &alone.now, attempt);
    if (rc && rc != RC_REFUSED)
        reason_set(out_reason, "it could not be tried: %s", rc_text(rc));
    alone_close(&alone);
    return rc;
}

static int tell_check(const struct staff_command_asked *asked, const struct person *person,
                      enum rc rc, const struct keyring_attempt *attempt)
{
    char who[LOOKUP_NAMED_HANDLE_BYTES];
    bool is_right = !rc && attempt->is_right;
    int64_t locked_s = (attempt->locked_ms + 999) / 1000;
    lookup_named_handle(person, who);
    if (asked->is_json)
        command_print(json_pack("{s:s,s:b,s:b,s:I}", "number", who, "tried", rc == RC_OK, "right",
                                is_right, "locked_s", (json_int_t)locked_s));
    else if (is_right)
        printf("that is the PIN of %s\n", who);
    else if (locked_s)
        printf("%s, and %s is locked for %lld s; perron staff unlock ends that\n",
               rc ? "nothing was tried" : "that is not the PIN", who, (long long)locked_s);
    else
        printf("that is not the PIN of %s\n", who);
    return is_right ? COMMAND_OK : COMMAND_FAILED;
}

static int check(const struct staff_command_asked *asked)
{
    struct reason reason = {.text = ""};
    struct person person;
    uint8_t key[HASH_KEY_BYTES];
    struct keyring_attempt attempt = {.kind = KEYRING_PIN};
    enum rc rc = find_person(asked, true, &person, key, &reason);
    if (!rc)
        rc = ask_pin(person.first_name, asked->pin_fd, false, attempt.secret, &reason);
    if (rc)
        return command_fail(&reason);
    hash_forget(key, sizeof key);
    attempt.person = person.id;
    rc = check_by_station(asked, &attempt, &reason);
    if (rc == RC_NOT_FOUND)
        rc = check_alone(asked, &attempt, &reason);
    hash_forget(attempt.secret, sizeof attempt.secret);
    return rc && rc != RC_REFUSED ? command_fail(&reason)
                                  : tell_check(asked, &person, rc, &attempt);
}

/* --- the verb --- */

static int serve(const struct staff_command_asked *asked)
{
    enum staff_act act = staff_act_from_name(asked->rest[0]);
    bool is_check = strcmp(asked->rest[0], "check") == 0;
    if (asked->organisation &&
        (act != STAFF_ADD || strlen(asked->organisation) >= STAFF_ORGANISATION_BYTES))
        return misuse("--organisation NAME goes with perron staff add alone");
    if (strcmp(asked->rest[0], "list") == 0)
        return asked->count == 1 ? staff_command_list(asked)
                                 : misuse("perron staff list takes no more words");
    if (act == STAFF_ACT_COUNT && !is_check)
        return misuse("staff needs add, pin, check, remove, unlock or list");
    if (asked->count != 2)
        return misuse("who? For example: perron staff add 1001; a PIN is asked for, never a word");
    if (role_from_name(asked->role) == ROLE_NONE)
        return misuse("--role is staff, referent or host");
    return is_check ? check(asked) : carry_out(asked, act);
}

static int run(int argc, char **argv)
{
    struct staff_command_asked asked = {.role = "staff"};
    int code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"role", &asked.role, NULL},
                                             {"organisation", &asked.organisation, NULL},
                                             {"pin-fd", &asked.pin_fd, NULL},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_staff, argc, argv, options, asked.rest, 3, &asked.count, &code))
        return code;
    asked.data = command_data(asked.data);
    return asked.count ? serve(&asked)
                       : misuse("staff needs add, pin, check, remove, unlock or list");
}

const struct command command_staff = {
    "staff",
    "add WHO [--role staff|referent|host] [--organisation NAME] | pin WHO | check WHO |\n"
    "       remove WHO | unlock WHO | list   with [--pin-fd N] [--data DIR] [--json]",
    "says who is staff, and sets and unlocks their PINs\n"
    "WHO is a member number, the whole name, or the id that people list shows for who has no "
    "number.\n"
    "pin is for whoever has a role, or whose circle has rights that take one (circles.conf).\n"
    "A PIN has 4 to 8 digits. It is asked for on the terminal and not shown; without a terminal "
    "it\n"
    "is the first line of standard input, or of descriptor N. check tells whether a PIN is right,\n"
    "and counts as a try: after five misses a PIN is locked for a growing time, which unlock "
    "ends.\n"
    "With --organisation the role reaches the people, visits and occasions of that one alone, and\n"
    "opens nothing that is everybody's: the machine, roles, lists that come in. Without: the "
    "whole\n"
    "house.",
    run};
