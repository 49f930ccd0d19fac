#include "tests/support/udisks_sim.h"

#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <systemd/sd-bus.h>

#include "tests/support/message_bus.h"
#include "tests/support/real.h"

#define SERVICE "org.freedesktop.UDisks2"
#define OBJECTS "/org/freedesktop/UDisks2"
#define DRIVES OBJECTS "/drives/"
#define BLOCKS OBJECTS "/block_devices/"
#define SIGNALS_MAX 64

struct udisks_sim udisks_sim;

enum news { NEWS_ADDED, NEWS_GONE, NEWS_CHANGED, NEWS_FACE_GONE };

static struct {
    pthread_t thread;
    bool is_running, is_stopping, is_ready;
    struct {
        enum news news;
        char path[400];
        const char *interface;
    } signals[SIGNALS_MAX];
    int signal_count;
    int mounts;
} hidden;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void udisks_sim_lock(void)
{
    pthread_mutex_lock(&lock);
}

void udisks_sim_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

/* --- the list --- */

static void put(sd_bus_message *reply, const char *name, const char *type, ...)
{
    va_list arguments;
    va_start(arguments, type);
    sd_bus_message_open_container(reply, 'e', "sv");
    sd_bus_message_append(reply, "s", name);
    sd_bus_message_open_container(reply, 'v', type);
    sd_bus_message_appendv(reply, type, arguments);
    sd_bus_message_close_container(reply);
    sd_bus_message_close_container(reply);
    va_end(arguments);
}

static void open_object(sd_bus_message *reply, const char *path)
{
    sd_bus_message_open_container(reply, 'e', "oa{sa{sv}}");
    sd_bus_message_append(reply, "o", path);
    sd_bus_message_open_container(reply, 'a', "{sa{sv}}");
}

static void open_interface(sd_bus_message *reply, const char *interface)
{
    sd_bus_message_open_container(reply, 'e', "sa{sv}");
    sd_bus_message_append(reply, "s", interface);
    sd_bus_message_open_container(reply, 'a', "{sv}");
}

static void close_both(sd_bus_message *reply)
{
    sd_bus_message_close_container(reply);
    sd_bus_message_close_container(reply);
}

static void put_drive(sd_bus_message *reply, const struct udisks_sim_drive *drive)
{
    char path[400];
    snprintf(path, sizeof path, "%s%s", DRIVES, drive->name);
    open_object(reply, path);
    open_interface(reply, SERVICE ".Drive");
    put(reply, "Vendor", "s", "Perron");
    put(reply, "MediaCompatibility", "as", 2, "thumb", "flash_cf");
    put(reply, "Removable", "b", !drive->is_fixed);
    put(reply, "MediaRemovable", "b", !drive->is_fixed);
    put(reply, "MediaAvailable", "b", !drive->has_no_medium);
    put(reply, "Optical", "b", drive->is_optical);
    put(reply, "CanPowerOff", "b", !drive->cannot_power_off);
    put(reply, "ConnectionBus", "s", drive->bus ? drive->bus : "usb");
    put(reply, "TimeDetected", "t", drive->detected_us);
    close_both(reply);
    close_both(reply);
}

static void put_mount_points(sd_bus_message *reply, const char *mounted)
{
    open_interface(reply, SERVICE ".Filesystem");
    put(reply, "Size", "t", (uint64_t)0);
    sd_bus_message_open_container(reply, 'e', "sv");
    sd_bus_message_append(reply, "s", "MountPoints");
    sd_bus_message_open_container(reply, 'v', "aay");
    sd_bus_message_open_container(reply, 'a', "ay");
    if (mounted)
        sd_bus_message_append_array(reply, 'y', mounted, strlen(mounted) + 1);
    sd_bus_message_close_container(reply);
    close_both(reply);
    close_both(reply);
}

static void put_block(sd_bus_message *reply, const struct udisks_sim_block *block)
{
    char path[400], drive[400];
    const char *type = block->type ? block->type : "";
    snprintf(path, sizeof path, "%s%s", BLOCKS, block->name);
    snprintf(drive, sizeof drive, "%s%s", block->drive ? DRIVES : "/",
             block->drive ? block->drive : "");
    open_object(reply, path);
    open_interface(reply, SERVICE ".Block");
    put(reply, "Drive", "o", drive);
    put(reply, "HintSystem", "b", block->is_system);
    put(reply, "HintIgnore", "b", block->is_ignored);
    put(reply, "ReadOnly", "b", block->is_read_only);
    put(reply, "IdUsage", "s", block->usage ? block->usage : block->type ? "filesystem" : "");
    put(reply, "IdType", "s", type);
    put(reply, "IdLabel", "s", block->label ? block->label : "");
    put(reply, "Size", "t", block->size_bytes);
    put(reply, "DeviceNumber", "t", (uint64_t)makedev(block->major, block->minor));
    close_both(reply);
    if (block->has_table) {
        open_interface(reply, SERVICE ".PartitionTable");
        put(reply, "Type", "s", "dos");
        close_both(reply);
    }
    if (block->is_partition) {
        open_interface(reply, SERVICE ".Partition");
        put(reply, "IsContainer", "b", block->is_container);
        put(reply, "Type", "s", block->partition_type ? block->partition_type : "0x0c");
        close_both(reply);
    }
    if (block->type)
        put_mount_points(reply, block->mounted);
    close_both(reply);
}

static int answer_list(sd_bus_message *call)
{
    sd_bus_message *reply = NULL;
    sd_bus_message_new_method_return(call, &reply);
    sd_bus_message_open_container(reply, 'a', "{oa{sa{sv}}}");
    for (int i = 0; i < udisks_sim.strangers; i++) {
        char name[32];
        snprintf(name, sizeof name, "loop%d", i);
        put_block(reply, &(struct udisks_sim_block){
                             .name = name, .type = "squashfs", .mounted = "/snap", .major = 7});
    }
    for (int i = 0; i < udisks_sim.block_count; i++)
        put_block(reply, &udisks_sim.blocks[i]);
    for (int i = 0; i < udisks_sim.drive_count; i++)
        put_drive(reply, &udisks_sim.drives[i]);
    sd_bus_message_close_container(reply);
    int error = sd_bus_message_send(reply);
    sd_bus_message_unref(reply);
    return error < 0 ? error : 1;
}

static int take_list(sd_bus_message *call)
{
    udisks_sim.lists++;
    if (udisks_sim.is_deaf_to_lists)
        return 1;
    if (udisks_sim.list_error)
        return sd_bus_reply_method_errorf(call, udisks_sim.list_error, "told by the stand-in");
    if (udisks_sim.tells_nonsense)
        return sd_bus_reply_method_return(call, "s", "nonsense");
    return answer_list(call);
}

/* --- calls on sticks --- */

static void note(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void note(const char *format, ...)
{
    va_list arguments;
    size_t used = strlen(udisks_sim.log);
    va_start(arguments, format);
    vsnprintf(udisks_sim.log + used, sizeof udisks_sim.log - used, format, arguments);
    va_end(arguments);
}

/* " key=value ..." in the order they come. */
static void note_options(sd_bus_message *call)
{
    if (sd_bus_message_enter_container(call, 'a', "{sv}") < 0)
        return;
    while (sd_bus_message_enter_container(call, 'e', "sv") > 0) {
        const char *key = "", *contents = "", *text = "";
        int number = 0;
        char type;
        sd_bus_message_read(call, "s", &key);
        sd_bus_message_peek_type(call, &type, &contents);
        if (strcmp(contents, "b") == 0) {
            sd_bus_message_read(call, "v", "b", &number);
            note(" %s=%d", key, number);
        } else {
            sd_bus_message_read(call, "v", "s", &text);
            note(" %s=%s", key, text);
        }
        sd_bus_message_exit_container(call);
    }
    note("\n");
}

static int take_call(sd_bus_message *call)
{
    const char *member = sd_bus_message_get_member(call), *error = udisks_sim.unmount_error;
    bool is_mount = strcmp(member, "Mount") == 0;
    note("%s %s", member, strrchr(sd_bus_message_get_path(call), '/') + 1);
    note_options(call);
    if (is_mount)
        error = hidden.mounts < 3 ? udisks_sim.mount_errors[hidden.mounts++] : NULL;
    else if (strcmp(member, "PowerOff") == 0)
        error = udisks_sim.power_off_error;
    if (udisks_sim.is_deaf || sd_bus_message_get_expect_reply(call) == 0)
        return 1;
    if (error)
        return sd_bus_reply_method_errorf(
            call, error, "%s", udisks_sim.message ? udisks_sim.message : "told by the stand-in");
    return is_mount ? sd_bus_reply_method_return(call, "s", udisks_sim.mount_path)
                    : sd_bus_reply_method_return(call, "");
}

static int take_message(sd_bus_message *message, void *context, sd_bus_error *error)
{
    (void)context;
    (void)error;
    const char *path = sd_bus_message_get_path(message);
    if (!sd_bus_message_is_method_call(message, NULL, NULL) || !path ||
        strncmp(path, OBJECTS, strlen(OBJECTS)) != 0)
        return 0;
    udisks_sim_lock();
    int result = sd_bus_message_is_method_call(message, NULL, "GetManagedObjects")
                     ? take_list(message)
                     : take_call(message);
    udisks_sim_unlock();
    return result;
}

/* --- signals --- */

static void send_signal(sd_bus *bus, int i)
{
    const char *path = hidden.signals[i].path, *interface = hidden.signals[i].interface;
    const char *manager = "org.freedesktop.DBus.ObjectManager";
    switch (hidden.signals[i].news) {
    case NEWS_ADDED:
        sd_bus_emit_signal(bus, OBJECTS, manager, "InterfacesAdded", "oa{sa{sv}}", path, 1,
                           interface, 0);
        break;
    case NEWS_GONE:
        sd_bus_emit_signal(bus, OBJECTS, manager, "InterfacesRemoved", "oas", path, 2, interface,
                           "org.freedesktop.DBus.Introspectable");
        break;
    case NEWS_FACE_GONE:
        sd_bus_emit_signal(bus, OBJECTS, manager, "InterfacesRemoved", "oas", path, 1,
                           SERVICE ".Swapspace");
        break;
    case NEWS_CHANGED:
        sd_bus_emit_signal(bus, path, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                           "sa{sv}as", interface, 0, 0);
        break;
    }
}

/* Under the lock. */
static void tell(enum news news, const char *folder, const char *name)
{
    if (!hidden.is_running || hidden.signal_count == SIGNALS_MAX)
        return;
    snprintf(hidden.signals[hidden.signal_count].path, sizeof hidden.signals[0].path, "%s%s",
             folder, name);
    hidden.signals[hidden.signal_count].interface =
        strcmp(folder, DRIVES) == 0 ? SERVICE ".Drive" : SERVICE ".Block";
    hidden.signals[hidden.signal_count++].news = news;
}

void udisks_sim_add_drive(const struct udisks_sim_drive *drive)
{
    udisks_sim_lock();
    udisks_sim.drives[udisks_sim.drive_count++] = *drive;
    tell(NEWS_ADDED, DRIVES, drive->name);
    udisks_sim_unlock();
}

void udisks_sim_add_block(const struct udisks_sim_block *block)
{
    udisks_sim_lock();
    udisks_sim.blocks[udisks_sim.block_count++] = *block;
    tell(NEWS_ADDED, BLOCKS, block->name);
    udisks_sim_unlock();
}

void udisks_sim_remove(const char *drive)
{
    udisks_sim_lock();
    for (int i = udisks_sim.block_count - 1; i >= 0; i--) {
        struct udisks_sim_block *block = &udisks_sim.blocks[i];
        if (!block->drive || strcmp(block->drive, drive) != 0)
            continue;
        tell(NEWS_GONE, BLOCKS, block->name);
        *block = udisks_sim.blocks[--udisks_sim.block_count];
    }
    for (int i = udisks_sim.drive_count - 1; i >= 0; i--) {
        if (strcmp(udisks_sim.drives[i].name, drive) != 0)
            continue;
        tell(NEWS_GONE, DRIVES, drive);
        udisks_sim.drives[i] = udisks_sim.drives[--udisks_sim.drive_count];
    }
    udisks_sim_unlock();
}

void udisks_sim_tell_changed(const char *block)
{
    udisks_sim_lock();
    tell(NEWS_CHANGED, BLOCKS, block);
    udisks_sim_unlock();
}

void udisks_sim_tell_face_gone(const char *block)
{
    udisks_sim_lock();
    tell(NEWS_FACE_GONE, BLOCKS, block);
    udisks_sim_unlock();
}

/* --- its thread --- */

static bool is_over(sd_bus *bus)
{
    udisks_sim_lock();
    bool is_stopping = hidden.is_stopping;
    hidden.is_ready = bus != NULL;
    for (int i = 0; bus && i < hidden.signal_count; i++)
        send_signal(bus, i);
    hidden.signal_count = 0;
    udisks_sim_unlock();
    return is_stopping;
}

static void *serve(void *unused)
{
    sd_bus *bus = message_bus_connect(SERVICE);
    if (bus)
        sd_bus_add_filter(bus, NULL, take_message, NULL);
    while (bus && !is_over(bus)) {
        int more = sd_bus_process(bus, NULL);
        if (more < 0)
            break;
        if (!more)
            sd_bus_wait(bus, 2000);
    }
    sd_bus_close_unref(bus);
    return unused;
}

void udisks_sim_reset(void)
{
    udisks_sim = (struct udisks_sim){0};
}

bool udisks_sim_start(void)
{
    hidden.is_stopping = hidden.is_ready = false;
    hidden.signal_count = hidden.mounts = 0;
    hidden.is_running = pthread_create(&hidden.thread, NULL, serve, NULL) == 0;
    for (int64_t end_us = real_us() + 15000000; real_us() < end_us; poll(NULL, 0, 2)) {
        udisks_sim_lock();
        bool is_ready = hidden.is_ready;
        udisks_sim_unlock();
        if (is_ready)
            return true;
    }
    return false;
}

void udisks_sim_stop(void)
{
    if (!hidden.is_running)
        return;
    udisks_sim_lock();
    hidden.is_stopping = true;
    udisks_sim_unlock();
    pthread_join(hidden.thread, NULL);
    hidden.is_running = false;
}
