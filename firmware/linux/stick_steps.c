#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "firmware/linux/stick_chore.h"
#include "firmware/linux/stick_files.h"
#include "firmware/linux/stick_udisks_i.h"

#define GUARDS "nosuid,nodev,noexec"
#define FILE_SYSTEM "org.freedesktop.UDisks2.Filesystem"
#define ERROR "org.freedesktop.UDisks2.Error."

static const struct {
    const char *interface, *method; /* NULL: it is a chore */
    const char *failure;
    const char *action; /* polkit's */
} steps[STEP_COUNT] = {
    [STEP_CLEAR] = {FILE_SYSTEM, "Unmount", "the stick could not be taken over",
                    "org.freedesktop.udisks2.filesystem-unmount-others"},
    [STEP_MOUNT] = {FILE_SYSTEM, "Mount", "the stick could not be opened",
                    "org.freedesktop.udisks2.filesystem-mount, for a service also "
                    "filesystem-mount-other-seat"},
    [STEP_MEASURE] = {NULL, NULL, "the stick could not be read", NULL},
    [STEP_UNDO] = {FILE_SYSTEM, "Unmount", "the stick could not be opened", NULL},
    [STEP_FLUSH] = {NULL, NULL, "the stick could not be let go", NULL},
    [STEP_UNMOUNT] = {FILE_SYSTEM, "Unmount", "the stick could not be let go",
                      "org.freedesktop.udisks2.filesystem-unmount-others"},
    [STEP_POWER_OFF] = {"org.freedesktop.UDisks2.Drive", "PowerOff", "", NULL},
};

/* Errors by name (D-Bus specification, udisks2's error domain): trouble and sentence; NULL: the
 * sentence that says what polkit must allow. */
static const struct {
    const char *name;
    enum stick_trouble trouble;
    const char *why;
} errors[] = {
    {ERROR "NotAuthorized", STICK_NOT_ALLOWED, NULL},
    {ERROR "NotAuthorizedCanObtain", STICK_NOT_ALLOWED, NULL},
    {ERROR "NotAuthorizedDismissed", STICK_NOT_ALLOWED, NULL},
    {"org.freedesktop.DBus.Error.AccessDenied", STICK_NOT_ALLOWED, NULL},
    {"org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", STICK_NOT_ALLOWED, NULL},
    {ERROR "OptionNotPermitted", STICK_NOT_ALLOWED,
     "udisks2 does not let the station mount with " GUARDS "; see udisks2's mount_options.conf"},
    {ERROR "NotSupported", STICK_FOREIGN, "this system does not know its file system"},
    {ERROR "DeviceBusy", STICK_USABLE, "something on this computer still uses it"},
    {ERROR "AlreadyMounted", STICK_USABLE, "something on this computer mounts it again and again"},
    {ERROR "MountedByOtherUser", STICK_USABLE, "somebody else on this computer has mounted it"},
    {ERROR "TimedOut", STICK_USABLE, "it took too long; try again"},
    {"org.freedesktop.DBus.Error.NoReply", STICK_USABLE, "udisks2 went away; try again"},
    {"org.freedesktop.DBus.Error.ServiceUnknown", STICK_USABLE, "udisks2 does not run; try again"},
    {"org.freedesktop.DBus.Error.UnknownMethod", STICK_USABLE,
     "it changed under our hands; try again"},
    {"org.freedesktop.DBus.Error.UnknownObject", STICK_USABLE,
     "it changed under our hands; try again"},
};

static const char *const troubles[STICK_TROUBLE_COUNT] = {
    [STICK_BLANK] = "there is no file system on it",
    [STICK_FOREIGN] = "only the file systems vfat and exfat are taken",
    [STICK_SEVERAL] = "several of its partitions could be meant",
    [STICK_EMPTY] = "there is no card in it",
    [STICK_TYPES] = "it is a keyboard or another input device, too",
};

/* --- answers --- */

static void answer(struct stick_udisks *udisks, enum stick_event_kind kind)
{
    udisks->answer = (struct stick_event){.kind = kind, .info = udisks->found.info};
    udisks->has_answer = true;
    udisks->step = STEP_NONE;
}

static void say(struct stick_udisks *udisks, enum step step, const char *why)
{
    reason_set(&udisks->answer.why, "%s: %s", steps[step].failure, why);
}

static void refuse(struct stick_udisks *udisks, enum stick_trouble trouble, const char *why)
{
    enum step step = udisks->step;
    answer(udisks, STICK_REFUSED);
    udisks->answer.info.trouble = trouble;
    say(udisks, step, why);
}

static void refuse_by_error(struct stick_udisks *udisks, const sd_bus_error *error)
{
    /* A mount that simply fails is a file system that the kernel cannot read. */
    enum stick_trouble trouble = udisks->step == STEP_MOUNT ? STICK_DAMAGED : STICK_USABLE;
    const char *why = error->message ? error->message : error->name;
    char rule[200];
    if (strstr(why, "unknown filesystem type")) /* the kernel's, which udisks2 has no name for */
        trouble = STICK_FOREIGN;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (sd_bus_error_has_name(error, errors[i].name)) {
            trouble = errors[i].trouble;
            snprintf(rule, sizeof rule,
                     "the system does not allow it to the station; it needs a polkit rule for %s",
                     steps[udisks->step].action);
            why = errors[i].why ? errors[i].why : rule;
            break;
        }
    refuse(udisks, trouble, why);
}

/* --- steps that are calls --- */

static int take_answer(sd_bus_message *message, void *context, sd_bus_error *unused);

static int append_options(sd_bus_message *message, const struct stick_udisks *udisks,
                          enum step step)
{
    const char *guards = udisks->found.part.is_read_only ? GUARDS ",ro" : GUARDS;
    int error = sd_bus_message_open_container(message, 'a', "{sv}");
    if (error >= 0) /* nobody is there to be asked for a password */
        error = sd_bus_message_append(message, "{sv}", "auth.no_user_interaction", "b", 1);
    if (error >= 0 && step == STEP_MOUNT)
        error = sd_bus_message_append(message, "{sv}{sv}", "fstype", "s",
                                      udisks->found.part.file_system, "options", "s", guards);
    return error < 0 ? error : sd_bus_message_close_container(message);
}

/* Below 0: the bus took it not. */
static int call(struct stick_udisks *udisks, enum step step, sd_bus_slot **out_slot)
{
    sd_bus_message *message = NULL;
    const char *path = step == STEP_POWER_OFF ? udisks->found.drive : udisks->found.part.path;
    if (!udisks->bus)
        return -1;
    int error = sd_bus_message_new_method_call(udisks->bus, &message, STICK_UDISKS_SERVICE, path,
                                               steps[step].interface, steps[step].method);
    if (error >= 0)
        error = append_options(message, udisks, step);
    if (error >= 0 && out_slot)
        error = sd_bus_call_async(udisks->bus, out_slot, message, take_answer, udisks, UINT64_MAX);
    else if (error >= 0 && (error = sd_bus_message_set_expect_reply(message, 0)) >= 0)
        error = sd_bus_send(udisks->bus, message, NULL);
    sd_bus_message_unref(message);
    return error;
}

static void begin(struct stick_udisks *udisks, enum step step)
{
    static const enum stick_chore chores[STEP_COUNT] = {
        [STEP_MEASURE] = STICK_CHORE_MEASURE, [STEP_FLUSH] = STICK_CHORE_FLUSH};
    udisks->step = step;
    udisks->step_ms = udisks->now_ms;
    if (!steps[step].method) {
        if (stick_chore_start(chores[step], udisks->path, &udisks->chore_fd))
            refuse(udisks, STICK_USABLE, "this computer has no memory left");
    } else if (call(udisks, step, &udisks->step_slot) < 0)
        refuse(udisks, STICK_USABLE, "the system's message bus did not take it");
}

/* --- taking --- */

static void undo(struct stick_udisks *udisks, enum stick_trouble trouble, const char *why)
{
    begin(udisks, STEP_UNDO);
    udisks->answer = (struct stick_event){.kind = STICK_REFUSED, .info = udisks->found.info};
    udisks->answer.info.trouble = trouble;
    say(udisks, STEP_UNDO, why);
}

/* NULL: it is mounted as it should be, and where the kernel says. */
static const char *check_mount(const struct stick_udisks *udisks, const char *path,
                               struct stick_mount *out_mount)
{
    if (path[0] != '/' || strlen(path) >= sizeof udisks->path)
        return "udisks2 tells a place that cannot be";
    if (stick_files_mount(udisks->root, path, out_mount))
        return "its mount is not to be seen from the station; its service may not have mounts of "
               "its own";
    if (out_mount->device != udisks->found.part.device ||
        strcmp(out_mount->file_system, udisks->found.part.file_system) != 0)
        return "something else is mounted in its place";
    return out_mount->is_guarded ? NULL : "it was mounted without " GUARDS;
}

static void end_mount(struct stick_udisks *udisks, sd_bus_message *message)
{
    const sd_bus_error *error = sd_bus_message_get_error(message);
    struct stick_mount mount;
    const char *path = "";
    if (error && sd_bus_error_has_name(error, ERROR "AlreadyMounted") && !udisks->is_cleared) {
        begin(udisks, STEP_CLEAR);
        return;
    }
    if (error) {
        refuse_by_error(udisks, error);
        return;
    }
    (void)!sd_bus_message_read(message, "s", &path);
    const char *wrong = check_mount(udisks, path, &mount);
    if (wrong) {
        undo(udisks, STICK_NOT_ALLOWED, wrong);
        return;
    }
    strcpy(udisks->path, path);
    udisks->found.info.is_read_only = mount.is_read_only;
    begin(udisks, STEP_MEASURE);
}

static void end_clear(struct stick_udisks *udisks, sd_bus_message *message)
{
    const sd_bus_error *error = sd_bus_message_get_error(message);
    udisks->is_cleared = true;
    if (error && !sd_bus_error_has_name(error, ERROR "NotMounted"))
        refuse_by_error(udisks, error);
    else
        begin(udisks, STEP_MOUNT);
}

static void end_undo(struct stick_udisks *udisks, sd_bus_message *message)
{
    (void)message; /* the reason is the one it is undone for */
    udisks->has_answer = true;
    udisks->step = STEP_NONE;
}

static void tell_taken(struct stick_udisks *udisks)
{
    udisks->is_taken = true;
    answer(udisks, STICK_TAKEN);
    strcpy(udisks->answer.path, udisks->path);
}

static void end_measure(struct stick_udisks *udisks, const struct stick_chore_result *result)
{
    udisks->found.info.free_bytes = result->free_bytes;
    if (result->rc)
        undo(udisks, STICK_DAMAGED, rc_text(result->rc));
    else
        tell_taken(udisks);
}

void stick_steps_take(struct stick_udisks *udisks)
{
    struct stick_found *found = &udisks->found;
    udisks->step = STEP_MOUNT;
    udisks->is_cleared = false;
    if (udisks->is_taken)
        tell_taken(udisks);
    else if (found->info.trouble)
        refuse(udisks, found->info.trouble, troubles[found->info.trouble]);
    else if (stick_files_types(udisks->root, found->part.device)) /* since it was plugged in */
        refuse(udisks, STICK_TYPES, troubles[STICK_TYPES]);
    else
        begin(udisks, found->part.is_mounted ? STEP_CLEAR : STEP_MOUNT);
}

/* --- letting go --- */

static void end_flush(struct stick_udisks *udisks, const struct stick_chore_result *result)
{
    if (result->rc)
        refuse(udisks, STICK_DAMAGED, "it did not take all that was written");
    else
        begin(udisks, STEP_UNMOUNT);
}

static void end_unmount(struct stick_udisks *udisks, sd_bus_message *message)
{
    const sd_bus_error *error = sd_bus_message_get_error(message);
    if (error && !sd_bus_error_has_name(error, ERROR "NotMounted")) {
        refuse_by_error(udisks, error);
        return;
    }
    udisks->is_taken = false;
    udisks->found.part.is_mounted = false;
    udisks->found.info.free_bytes = -1;
    /* Its power is a kindness: without it, it may be pulled out as well. */
    if (!udisks->found.can_power_off || call(udisks, STEP_POWER_OFF, &udisks->step_slot) < 0)
        answer(udisks, STICK_LET_GO);
    else
        udisks->step = STEP_POWER_OFF;
}

static void end_power_off(struct stick_udisks *udisks, sd_bus_message *message)
{
    (void)message;
    answer(udisks, STICK_LET_GO);
}

void stick_steps_let_go(struct stick_udisks *udisks)
{
    if (udisks->is_taken)
        begin(udisks, STEP_FLUSH);
    else
        answer(udisks, STICK_LET_GO);
}

/* --- how steps end --- */

static int take_answer(sd_bus_message *message, void *context, sd_bus_error *unused)
{
    static void (*const ends[STEP_COUNT])(struct stick_udisks * udisks,
                                          sd_bus_message * message) = {
        [STEP_CLEAR] = end_clear,     [STEP_MOUNT] = end_mount,         [STEP_UNDO] = end_undo,
        [STEP_UNMOUNT] = end_unmount, [STEP_POWER_OFF] = end_power_off,
    };
    struct stick_udisks *udisks = context;
    (void)unused;
    udisks->step_slot = sd_bus_slot_unref(udisks->step_slot);
    ends[udisks->step](udisks, message);
    return 1;
}

static void let_step_go(struct stick_udisks *udisks)
{
    udisks->step_slot = sd_bus_slot_unref(udisks->step_slot);
    if (udisks->chore_fd >= 0)
        close(udisks->chore_fd);
    udisks->chore_fd = -1;
}

static void serve_chore(struct stick_udisks *udisks)
{
    struct stick_chore_result result;
    enum rc rc = stick_chore_result(udisks->chore_fd, &result);
    if (rc == RC_EMPTY)
        return;
    if (rc)
        result = (struct stick_chore_result){.rc = rc};
    let_step_go(udisks);
    if (udisks->step == STEP_MEASURE)
        end_measure(udisks, &result);
    else
        end_flush(udisks, &result);
}

int64_t stick_steps_due_ms(const struct stick_udisks *udisks)
{
    return udisks->step ? udisks->step_ms + STICK_UDISKS_PATIENCE_MS : INT64_MAX;
}

void stick_steps_serve(struct stick_udisks *udisks)
{
    if (udisks->chore_fd >= 0)
        serve_chore(udisks);
    if (udisks->now_ms < stick_steps_due_ms(udisks))
        return;
    let_step_go(udisks);
    if (udisks->step == STEP_POWER_OFF)
        answer(udisks, STICK_LET_GO);
    else if (udisks->step == STEP_UNDO)
        end_undo(udisks, NULL);
    else
        refuse(udisks, STICK_USABLE, "the system gave no answer; try again in a minute");
}

void stick_steps_forget(struct stick_udisks *udisks)
{
    bool is_let_go = udisks->step == STEP_POWER_OFF;
    let_step_go(udisks);
    udisks->step = STEP_NONE;
    udisks->is_taken = false;
    if (is_let_go)
        answer(udisks, STICK_LET_GO);
    else if (udisks->has_answer && udisks->answer.kind != STICK_LET_GO)
        udisks->has_answer = false;
}

void stick_steps_give_up(struct stick_udisks *udisks)
{
    if (!udisks->step_slot)
        return;
    let_step_go(udisks);
    if (udisks->step == STEP_POWER_OFF)
        answer(udisks, STICK_LET_GO);
    else if (udisks->step == STEP_UNDO)
        end_undo(udisks, NULL);
    else
        refuse(udisks, STICK_USABLE, "the system's message bus went away");
}

void stick_steps_close(struct stick_udisks *udisks)
{
    let_step_go(udisks);
    if (udisks->is_taken)
        (void)!call(udisks, STEP_UNMOUNT, NULL);
}
