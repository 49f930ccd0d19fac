#include "firmware/linux/stick_tree.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/utf8.h"

#define UDISKS "org.freedesktop.UDisks2."

/* Partitions that start a computer and are nobody's: GPT's type, MBR's type. */
static const char *const efi_types[] = {"c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef"};

/* One object as it is told; its texts are the message's. */
struct object {
    const char *path;
    bool is_drive, is_block, is_partition;
    bool is_removable, is_medium_removable, has_medium, is_optical, can_power_off;
    const char *bus;
    uint64_t detected_us;
    const char *drive, *usage, *type, *label;
    bool is_system, is_ignored, is_read_only;
    uint64_t size_bytes, device;
    bool is_container;
    const char *partition_type;
    bool is_mounted, is_mounted_elsewhere;
};

static const struct {
    const char *interface, *name;
    char type;
    size_t offset;
} properties[] = {
    {UDISKS "Drive", "Removable", 'b', offsetof(struct object, is_removable)},
    {UDISKS "Drive", "MediaRemovable", 'b', offsetof(struct object, is_medium_removable)},
    {UDISKS "Drive", "MediaAvailable", 'b', offsetof(struct object, has_medium)},
    {UDISKS "Drive", "Optical", 'b', offsetof(struct object, is_optical)},
    {UDISKS "Drive", "CanPowerOff", 'b', offsetof(struct object, can_power_off)},
    {UDISKS "Drive", "ConnectionBus", 's', offsetof(struct object, bus)},
    {UDISKS "Drive", "TimeDetected", 't', offsetof(struct object, detected_us)},
    {UDISKS "Block", "Drive", 'o', offsetof(struct object, drive)},
    {UDISKS "Block", "HintSystem", 'b', offsetof(struct object, is_system)},
    {UDISKS "Block", "HintIgnore", 'b', offsetof(struct object, is_ignored)},
    {UDISKS "Block", "ReadOnly", 'b', offsetof(struct object, is_read_only)},
    {UDISKS "Block", "IdUsage", 's', offsetof(struct object, usage)},
    {UDISKS "Block", "IdType", 's', offsetof(struct object, type)},
    {UDISKS "Block", "IdLabel", 's', offsetof(struct object, label)},
    {UDISKS "Block", "Size", 't', offsetof(struct object, size_bytes)},
    {UDISKS "Block", "DeviceNumber", 't', offsetof(struct object, device)},
    {UDISKS "Partition", "IsContainer", 'b', offsetof(struct object, is_container)},
    {UDISKS "Partition", "Type", 's', offsetof(struct object, partition_type)},
};

static const struct {
    const char *interface;
    size_t offset;
} interfaces[] = {
    {UDISKS "Drive", offsetof(struct object, is_drive)},
    {UDISKS "Block", offsetof(struct object, is_block)},
    {UDISKS "Partition", offsetof(struct object, is_partition)},
};

bool stick_tree_takes(const char *file_system)
{
    return strcmp(file_system, "vfat") == 0 || strcmp(file_system, "exfat") == 0;
}

void stick_tree_clean_label(const char *text, char *out_label, size_t size)
{
    size_t length = strlen(text), used = 0, step;
    bool is_apart = false; /* a space waits for what follows it */
    for (size_t i = 0; i < length; i += step ? step : 1) {
        uint32_t point;
        step = utf8_step(text + i, length - i, &point);
        if (step && utf8_is_space(point))
            is_apart = used > 0;
        else if (step && !utf8_is_control(point)) {
            if (used + is_apart + step >= size)
                break;
            if (is_apart)
                out_label[used++] = ' ';
            is_apart = false;
            memcpy(out_label + used, text + i, step);
            used += step;
        }
    }
    out_label[used] = 0;
}

/* --- one object from the message; below 0: it is not what was agreed --- */

static bool is_of_a_desktop(const char *path)
{
    return strncmp(path, "/media/", 7) == 0 || strncmp(path, "/run/media/", 11) == 0;
}

static int read_mount_points(sd_bus_message *message, struct object *object)
{
    const void *bytes;
    size_t length;
    int more = sd_bus_message_enter_container(message, 'v', "aay");
    if (more >= 0)
        more = sd_bus_message_enter_container(message, 'a', "ay");
    while (more > 0 && (more = sd_bus_message_read_array(message, 'y', &bytes, &length)) > 0) {
        const char *path = bytes;
        bool is_text = length && !path[length - 1];
        object->is_mounted = true;
        object->is_mounted_elsewhere |= !is_text || !is_of_a_desktop(path);
    }
    if (more >= 0)
        more = sd_bus_message_exit_container(message);
    return more < 0 ? more : sd_bus_message_exit_container(message);
}

static int read_value(sd_bus_message *message, char type, void *out_value)
{
    const char signature[] = {type, 0};
    if (type != 'b')
        return sd_bus_message_read(message, "v", signature, out_value);
    int is_so = 0;
    int error = sd_bus_message_read(message, "v", signature, &is_so);
    if (error >= 0)
        *(bool *)out_value = is_so;
    return error;
}

static int read_property(sd_bus_message *message, const char *interface, struct object *object)
{
    const char *name, *contents;
    char kind;
    int error = sd_bus_message_read(message, "s", &name);
    if (error < 0 || (error = sd_bus_message_peek_type(message, &kind, &contents)) < 0)
        return error;
    if (strcmp(interface, UDISKS "Filesystem") == 0 && strcmp(name, "MountPoints") == 0 &&
        strcmp(contents, "aay") == 0)
        return read_mount_points(message, object);
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
        if (strcmp(name, properties[i].name) == 0 &&
            strcmp(interface, properties[i].interface) == 0 && contents[0] == properties[i].type &&
            !contents[1])
            return read_value(message, contents[0], (char *)object + properties[i].offset);
    return sd_bus_message_skip(message, "v");
}

static int read_interface(sd_bus_message *message, struct object *object)
{
    const char *interface;
    int more = sd_bus_message_read(message, "s", &interface);
    if (more < 0)
        return more;
    for (size_t i = 0; i < sizeof interfaces / sizeof interfaces[0]; i++)
        if (strcmp(interface, interfaces[i].interface) == 0)
            *(bool *)((char *)object + interfaces[i].offset) = true;
    more = sd_bus_message_enter_container(message, 'a', "{sv}");
    while (more >= 0 && (more = sd_bus_message_enter_container(message, 'e', "sv")) > 0) {
        more = read_property(message, interface, object);
        if (more >= 0)
            more = sd_bus_message_exit_container(message);
    }
    return more < 0 ? more : sd_bus_message_exit_container(message);
}

static int read_object(sd_bus_message *message, struct object *out_object)
{
    struct object object = {.bus = "", .drive = "/", .usage = "", .type = "", .label = ""};
    object.partition_type = "";
    int more = sd_bus_message_read(message, "o", &object.path);
    if (more >= 0)
        more = sd_bus_message_enter_container(message, 'a', "{sa{sv}}");
    while (more >= 0 && (more = sd_bus_message_enter_container(message, 'e', "sa{sv}")) > 0) {
        more = read_interface(message, &object);
        if (more >= 0)
            more = sd_bus_message_exit_container(message);
    }
    if (more >= 0)
        more = sd_bus_message_exit_container(message);
    if (more >= 0)
        *out_object = object;
    return more;
}

/* --- objects folded into drives --- */

/* NULL: there are too many, or its path is too long. */
static struct stick_drive *drive_at(struct stick_tree *tree, const char *path)
{
    for (int i = 0; i < tree->count; i++)
        if (strcmp(tree->drives[i].path, path) == 0)
            return &tree->drives[i];
    if (tree->count == STICK_TREE_DRIVES || strlen(path) >= STICK_TREE_PATH)
        return NULL;
    struct stick_drive *drive = &tree->drives[tree->count++];
    *drive = (struct stick_drive){0};
    strcpy(drive->path, path);
    return drive;
}

static void fold_drive(const struct object *object, struct stick_drive *drive)
{
    drive->is_told = true;
    drive->can_be_held =
        !object->is_optical &&
        (object->is_removable || object->is_medium_removable || strcmp(object->bus, "usb") == 0);
    drive->has_medium = object->has_medium;
    drive->can_power_off = object->can_power_off;
    drive->plugged_us = (int64_t)object->detected_us;
}

static void set_part(const struct object *object, struct stick_part *part)
{
    *part = (struct stick_part){
        .device = object->device,
        .size_bytes = object->size_bytes > INT64_MAX ? INT64_MAX : (int64_t)object->size_bytes,
        .is_read_only = object->is_read_only,
        .is_mounted = object->is_mounted,
    };
    strcpy(part->path, object->path);
    stick_tree_clean_label(object->label, part->label, sizeof part->label);
    stick_tree_clean_label(object->type, part->file_system, sizeof part->file_system);
}

static bool is_of_efi(const struct object *object)
{
    for (size_t i = 0; i < sizeof efi_types / sizeof efi_types[0]; i++)
        if (strcmp(object->partition_type, efi_types[i]) == 0)
            return true;
    return false;
}

static void fold_block(const struct object *object, struct stick_drive *drive)
{
    drive->is_system |= object->is_system || object->is_ignored || object->is_mounted_elsewhere;
    if (strlen(object->path) >= STICK_TREE_PATH)
        return;
    if (!object->is_partition) {
        set_part(object, &drive->whole);
        return;
    }
    drive->partitions++;
    if (object->is_container || is_of_efi(object))
        return;
    if (stick_tree_takes(object->type)) {
        drive->candidates++;
        set_part(object, &drive->candidate);
    } else if (object->usage[0])
        set_part(object, &drive->foreign);
}

enum rc stick_tree_read(sd_bus_message *message, struct stick_tree *out_tree)
{
    int more = sd_bus_message_enter_container(message, 'a', "{oa{sa{sv}}}");
    out_tree->count = 0;
    while (more >= 0 && (more = sd_bus_message_enter_container(message, 'e', "oa{sa{sv}}")) > 0) {
        struct object object;
        struct stick_drive *drive = NULL;
        more = read_object(message, &object);
        if (more >= 0)
            more = sd_bus_message_exit_container(message);
        if (more < 0)
            break;
        if (object.is_drive && (drive = drive_at(out_tree, object.path)))
            fold_drive(&object, drive);
        else if (object.is_block && strcmp(object.drive, "/") != 0 &&
                 (drive = drive_at(out_tree, object.drive)))
            fold_block(&object, drive);
    }
    return more < 0 ? RC_BAD_INPUT : RC_OK;
}

/* --- what a drive is --- */

/* A file system without a table of partitions is fine, and one beside a table that has none. */
static enum stick_trouble find_part(const struct stick_drive *drive,
                                    const struct stick_part **out_part)
{
    bool is_whole = !drive->partitions && drive->whole.file_system[0];
    *out_part = &drive->whole;
    if (!drive->has_medium || drive->whole.size_bytes == 0)
        return STICK_EMPTY;
    if (drive->candidates > 1)
        return STICK_SEVERAL;
    if (drive->candidates == 1)
        *out_part = &drive->candidate;
    else if (drive->foreign.path[0])
        *out_part = &drive->foreign;
    else if (!is_whole)
        return STICK_BLANK;
    return stick_tree_takes((*out_part)->file_system) ? STICK_USABLE : STICK_FOREIGN;
}

bool stick_tree_judge(const struct stick_drive *drive, struct stick_info *out_info,
                      struct stick_part *out_part)
{
    const struct stick_part *part;
    if (!drive->is_told || !drive->can_be_held || drive->is_system || !drive->whole.path[0])
        return false;
    enum stick_trouble trouble = find_part(drive, &part);
    bool is_known = trouble == STICK_USABLE || trouble == STICK_FOREIGN;
    *out_info = (struct stick_info){
        .size_bytes = part->size_bytes,
        .free_bytes = -1,
        .is_read_only = part->is_read_only,
        .trouble = trouble,
    };
    if (is_known) {
        strcpy(out_info->label, part->label);
        strcpy(out_info->file_system, part->file_system);
    }
    *out_part = *part;
    return true;
}
