#include "firmware/linux/stick_udisks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "firmware/linux/stick_files.h"
#include "firmware/linux/stick_udisks_i.h"

#define READS_MAX 64       /* per call: a chattering bus cannot hold the loop */
#define FAILURES_UNKNOWN 2 /* lists that failed, until nothing is known any more */

#define OBJECTS "/org/freedesktop/UDisks2"
#define JOBS OBJECTS "/jobs/"

/* --- which stick counts --- */

static bool is_system(const struct stick_udisks *udisks, uint64_t device)
{
    for (size_t i = 0; i < sizeof udisks->systems / sizeof udisks->systems[0]; i++)
        if (stick_files_are_one_disk(udisks->root, device, udisks->systems[i]))
            return true;
    return false;
}

/* A reader of cards that is built in is there, without a card, all the time. */
static bool is_furniture(const struct stick_udisks *udisks, const struct stick_found *found)
{
    return found->info.trouble == STICK_EMPTY && found->plugged_us <= udisks->there_us;
}

/* What has something in it before what has not, then what was there before, then the first. */
static bool goes_before(const struct stick_udisks *udisks, const struct stick_found *one,
                        const struct stick_found *other)
{
    bool is_empty = one->info.trouble == STICK_EMPTY;
    bool is_here = udisks->in && strcmp(one->drive, udisks->found.drive) == 0;
    bool is_other_here = udisks->in && strcmp(other->drive, udisks->found.drive) == 0;
    if (is_empty != (other->info.trouble == STICK_EMPTY))
        return !is_empty;
    if (is_here != is_other_here)
        return is_here;
    return one->plugged_us < other->plugged_us;
}

static bool choose(const struct stick_udisks *udisks, struct stick_found *out_found)
{
    bool is_found = false;
    for (int i = 0; i < udisks->tree.count; i++) {
        const struct stick_drive *drive = &udisks->tree.drives[i];
        struct stick_found found = {.can_power_off = drive->can_power_off,
                                    .plugged_us = drive->plugged_us};
        strcpy(found.drive, drive->path);
        if (stick_tree_judge(drive, &found.info, &found.part) &&
            !is_system(udisks, found.part.device) && !is_furniture(udisks, &found) &&
            (!is_found || goes_before(udisks, &found, out_found))) {
            *out_found = found;
            is_found = true;
        }
    }
    if (is_found && stick_files_types(udisks->root, out_found->part.device))
        out_found->info.trouble = STICK_TYPES;
    return is_found;
}

/* While it is in use its label and so on may change as they like. */
static bool is_same(const struct stick_udisks *udisks, const struct stick_found *found)
{
    const struct stick_info *now = &udisks->found.info, *then = &found->info;
    if (strcmp(udisks->found.drive, found->drive) != 0 ||
        strcmp(udisks->found.part.path, found->part.path) != 0 ||
        udisks->found.part.device != found->part.device || now->trouble != then->trouble)
        return false;
    return udisks->is_taken || udisks->step ||
           (now->size_bytes == then->size_bytes && strcmp(now->label, then->label) == 0 &&
            strcmp(now->file_system, then->file_system) == 0);
}

static void lose_stick(struct stick_udisks *udisks)
{
    if (udisks->in)
        stick_steps_forget(udisks);
    udisks->in = 0;
}

static void take_tree(struct stick_udisks *udisks)
{
    struct stick_found found = {.drive = ""};
    for (int i = 0; !udisks->has_list && i < udisks->tree.count; i++)
        if (udisks->tree.drives[i].plugged_us > udisks->there_us)
            udisks->there_us = udisks->tree.drives[i].plugged_us;
    udisks->has_list = true;
    if (!choose(udisks, &found))
        lose_stick(udisks);
    else if (udisks->in && is_same(udisks, &found))
        udisks->found.part.is_mounted = found.part.is_mounted;
    else {
        lose_stick(udisks);
        udisks->found = found;
        udisks->in = ++udisks->plugs;
    }
}

/* --- the list --- */

static void expect_list(struct stick_udisks *udisks)
{
    if (udisks->news_ms == INT64_MAX)
        udisks->news_ms = udisks->now_ms;
    int64_t last_ms = udisks->news_ms + STICK_UDISKS_SETTLE_MAX_MS;
    udisks->list_due_ms = udisks->now_ms + STICK_UDISKS_SETTLE_MS;
    if (udisks->list_due_ms > last_ms)
        udisks->list_due_ms = last_ms;
}

static void fail_list(struct stick_udisks *udisks)
{
    udisks->list_slot = sd_bus_slot_unref(udisks->list_slot);
    udisks->list_due_ms = udisks->retry_ms = udisks->now_ms + STICK_UDISKS_RETRY_MS;
    if (++udisks->failures >= FAILURES_UNKNOWN)
        lose_stick(udisks);
}

static int take_list(sd_bus_message *message, void *context, sd_bus_error *unused)
{
    struct stick_udisks *udisks = context;
    (void)unused;
    if (sd_bus_message_is_method_error(message, NULL) || stick_tree_read(message, &udisks->tree)) {
        fail_list(udisks);
        return 1;
    }
    udisks->list_slot = sd_bus_slot_unref(udisks->list_slot);
    udisks->failures = 0;
    take_tree(udisks);
    return 1;
}

static void ask_list(struct stick_udisks *udisks)
{
    udisks->news_ms = udisks->list_due_ms = INT64_MAX;
    udisks->list_asked_ms = udisks->now_ms;
    sd_bus_message *message = NULL;
    int error =
        sd_bus_message_new_method_call(udisks->bus, &message, STICK_UDISKS_SERVICE, OBJECTS,
                                       "org.freedesktop.DBus.ObjectManager", "GetManagedObjects");
    if (error >= 0)
        error = sd_bus_call_async(udisks->bus, &udisks->list_slot, message, take_list, udisks,
                                  UINT64_MAX);
    sd_bus_message_unref(message);
    if (error < 0)
        fail_list(udisks);
}

/* --- what the bus tells by itself --- */

/* Did our stick go, and not only one of its faces? */
static bool takes_stick_away(const struct stick_udisks *udisks, sd_bus_message *message,
                             const char *path)
{
    const char *interface;
    bool is_drive = strcmp(path, udisks->found.drive) == 0;
    if (!udisks->in || (!is_drive && strcmp(path, udisks->found.part.path) != 0))
        return false;
    if (sd_bus_message_enter_container(message, 'a', "s") < 0)
        return false;
    while (sd_bus_message_read(message, "s", &interface) > 0)
        if (strcmp(interface,
                   is_drive ? STICK_UDISKS_SERVICE ".Drive" : STICK_UDISKS_SERVICE ".Block") == 0)
            return true;
    return false;
}

static int take_signal(sd_bus_message *message, void *context, sd_bus_error *unused)
{
    struct stick_udisks *udisks = context;
    const char *path = sd_bus_message_get_path(message),
               *member = sd_bus_message_get_member(message);
    (void)unused;
    if (strcmp(path, OBJECTS) == 0 && sd_bus_message_read(message, "o", &path) < 0)
        return 0;
    if (strncmp(path, JOBS, sizeof JOBS - 1) == 0)
        return 0;
    if (strcmp(member, "InterfacesRemoved") == 0 && takes_stick_away(udisks, message, path))
        lose_stick(udisks);
    expect_list(udisks);
    return 0;
}

static int take_owner(sd_bus_message *message, void *context, sd_bus_error *unused)
{
    (void)message;
    (void)unused;
    expect_list(context);
    return 0;
}

/* --- the bus --- */

static void lose_bus(struct stick_udisks *udisks)
{
    stick_steps_give_up(udisks);
    fail_list(udisks);
    udisks->bus = sd_bus_close_unref(udisks->bus);
}

static void connect_bus(struct stick_udisks *udisks)
{
    udisks->retry_ms = udisks->now_ms + STICK_UDISKS_RETRY_MS;
    if (sd_bus_open_system(&udisks->bus) < 0) {
        udisks->bus = NULL;
        fail_list(udisks);
    } else if (sd_bus_add_match_async(udisks->bus, NULL,
                                      "type='signal',sender='" STICK_UDISKS_SERVICE
                                      "',path_namespace='" OBJECTS "'",
                                      take_signal, NULL, udisks) < 0 ||
               sd_bus_add_match_async(udisks->bus, NULL,
                                      "type='signal',sender='org.freedesktop.DBus',"
                                      "member='NameOwnerChanged',arg0='" STICK_UDISKS_SERVICE "'",
                                      take_owner, NULL, udisks) < 0)
        lose_bus(udisks);
    else
        ask_list(udisks);
}

/* Reads what the bus has; never waits. */
static void serve_bus(struct stick_udisks *udisks)
{
    int more = 1;
    for (int reads = 0; more > 0 && reads < READS_MAX; reads++)
        more = sd_bus_process(udisks->bus, NULL);
    udisks->has_more = more > 0;
    bool is_hung =
        udisks->list_slot && udisks->now_ms >= udisks->list_asked_ms + STICK_UDISKS_LIST_MS;
    if (more < 0 || is_hung)
        lose_bus(udisks);
    else if (!udisks->list_slot && udisks->now_ms >= udisks->list_due_ms)
        ask_list(udisks);
}

static void serve(struct stick_udisks *udisks)
{
    if (!udisks->bus && udisks->now_ms >= udisks->retry_ms)
        connect_bus(udisks);
    if (udisks->bus)
        serve_bus(udisks);
    stick_steps_serve(udisks);
}

/* --- the port --- */

static bool has_news(const struct stick_udisks *udisks)
{
    return udisks->has_answer || udisks->told != udisks->in;
}

/* RC_OK: the stick that the station knows of is there and has nothing else to do. */
static enum rc may_ask(struct stick_udisks *udisks, int64_t now_ms)
{
    udisks->now_ms = now_ms;
    if (!udisks->told || udisks->told != udisks->in)
        return RC_NOT_FOUND;
    return udisks->step || udisks->has_answer ? RC_BUSY : RC_OK;
}

static enum rc take(struct stick *stick, int64_t now_ms)
{
    struct stick_udisks *udisks = (struct stick_udisks *)stick;
    enum rc rc = may_ask(udisks, now_ms);
    if (!rc)
        stick_steps_take(udisks);
    return rc;
}

static enum rc let_go(struct stick *stick, int64_t now_ms)
{
    struct stick_udisks *udisks = (struct stick_udisks *)stick;
    enum rc rc = may_ask(udisks, now_ms);
    if (!rc)
        stick_steps_let_go(udisks);
    return rc;
}

static enum rc next(struct stick *stick, int64_t now_ms, struct stick_event *out_event)
{
    struct stick_udisks *udisks = (struct stick_udisks *)stick;
    udisks->now_ms = now_ms;
    serve(udisks);
    if (!has_news(udisks))
        return RC_EMPTY;
    if (udisks->has_answer) {
        udisks->has_answer = false;
        *out_event = udisks->answer;
    } else if (udisks->told) {
        udisks->told = 0;
        *out_event = (struct stick_event){.kind = STICK_PULLED, .info.free_bytes = -1};
    } else {
        udisks->told = udisks->in;
        *out_event = (struct stick_event){.kind = STICK_PLUGGED, .info = udisks->found.info};
    }
    return RC_OK;
}

static int fds(const struct stick *stick, struct pollfd *out_fds)
{
    const struct stick_udisks *udisks = (const struct stick_udisks *)stick;
    int count = 0, events = udisks->bus ? sd_bus_get_events(udisks->bus) : 0;
    if (udisks->bus) /* one that broke meanwhile is told by what reads it */
        out_fds[count++] = (struct pollfd){.fd = sd_bus_get_fd(udisks->bus),
                                           .events = (short)(events < 0 ? POLLIN : events)};
    if (udisks->chore_fd >= 0)
        out_fds[count++] = (struct pollfd){.fd = udisks->chore_fd, .events = POLLIN};
    return count;
}

static int64_t due_ms(const struct stick *stick)
{
    const struct stick_udisks *udisks = (const struct stick_udisks *)stick;
    int64_t due_ms = stick_steps_due_ms(udisks), bus_ms = udisks->retry_ms;
    if (has_news(udisks) || udisks->has_more)
        return 0;
    if (udisks->bus && udisks->list_slot)
        bus_ms = udisks->list_asked_ms + STICK_UDISKS_LIST_MS;
    else if (udisks->bus)
        bus_ms = udisks->list_due_ms;
    return bus_ms < due_ms ? bus_ms : due_ms;
}

static void close_udisks(struct stick *stick)
{
    struct stick_udisks *udisks = (struct stick_udisks *)stick;
    stick_steps_close(udisks);
    sd_bus_slot_unref(udisks->list_slot);
    sd_bus_close_unref(udisks->bus);
    free(udisks);
}

enum rc stick_open_udisks(const char *root, const char *data, struct stick **out_stick)
{
    static const struct stick_ops ops = {.take = take,
                                         .let_go = let_go,
                                         .next = next,
                                         .fds = fds,
                                         .due_ms = due_ms,
                                         .close = close_udisks};
    struct stat about;
    struct stick_udisks *udisks = calloc(1, sizeof *udisks);
    if (!udisks)
        return RC_NO_MEMORY;
    udisks->stick.ops = &ops;
    snprintf(udisks->root, sizeof udisks->root, "%s", root);
    if (stat("/", &about) == 0)
        udisks->systems[0] = about.st_dev;
    if (stat(data, &about) == 0)
        udisks->systems[1] = about.st_dev;
    udisks->list_due_ms = udisks->news_ms = INT64_MAX;
    udisks->chore_fd = -1;
    *out_stick = &udisks->stick;
    return RC_OK;
}
