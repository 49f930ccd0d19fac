#include "tests/image/guest_usb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/image/guest_i.h"

#define PERIPHERALS "/machine/peripheral" /* what was plugged in, by its id */
#define NODE_ID_MAX 40

static const char *node_of(const char *id, char *out_node)
{
    snprintf(out_node, NODE_ID_MAX, "%s-file", id); /* QEMU takes no node name over 31 bytes */
    return out_node;
}

static enum rc add_device(struct guest *guest, json_t *arguments, struct reason *reason)
{
    if (!arguments)
        return RC_NO_MEMORY;
    return qmp_command(guest->qmp, "device_add", arguments, QMP_WAIT_MS, NULL, reason);
}

/* The file, where there is one: QEMU lets it go. */
static enum rc remove_node(struct guest *guest, const char *id, struct reason *reason)
{
    char node[NODE_ID_MAX];
    json_t *arguments = json_pack("{s:s}", "node-name", node_of(id, node));
    return qmp_command(guest->qmp, "blockdev-del", arguments, QMP_WAIT_MS, NULL, reason);
}

enum rc guest_usb_plug_stick(struct guest *guest, const char *id, const char *path,
                             bool is_read_only, struct reason *reason)
{
    char node[NODE_ID_MAX];
    char *whole = realpath(path, NULL);
    if (!whole) {
        reason_set(reason, "there is no stick's file %s", path);
        return RC_NOT_FOUND;
    }
    json_t *file =
        json_pack("{s:s, s:s, s:b, s:{s:s, s:s}}", "driver", "raw", "node-name", node_of(id, node),
                  "read-only", is_read_only, "file", "driver", "file", "filename", whole);
    free(whole);
    enum rc rc = qmp_command(guest->qmp, "blockdev-add", file, QMP_WAIT_MS, NULL, reason);
    if (rc)
        return rc;
    rc = add_device(guest,
                    json_pack("{s:s, s:s, s:s, s:s, s:b}", "driver", "usb-storage", "id", id, "bus",
                              "usb.0", "drive", node, "removable", 1),
                    reason);
    if (rc) {
        enum rc removed = remove_node(guest, id, NULL);
        (void)removed; /* the first failure is told */
    }
    return rc;
}

enum rc guest_usb_plug_keyboard(struct guest *guest, const char *id, struct reason *reason)
{
    return add_device(
        guest, json_pack("{s:s, s:s, s:s}", "driver", "usb-kbd", "id", id, "bus", "usb.0"), reason);
}

/* --- pulled out --- */

/* The type of what has that name, "child<usb-storage>"; NULL: nothing has. Part of `children`. */
static const char *type_of(const json_t *children, const char *id)
{
    for (size_t i = 0; i < json_array_size(children); i++) {
        const json_t *child = json_array_get(children, i);
        const char *name = json_text(child, "name");
        if (name && strcmp(name, id) == 0)
            return json_text(child, "type");
    }
    return NULL;
}

static enum rc list_plugged(struct guest *guest, json_t **out_children, struct reason *reason)
{
    return qmp_command(guest->qmp, "qom-list", json_pack("{s:s}", "path", PERIPHERALS), QMP_WAIT_MS,
                       out_children, reason);
}

enum rc guest_usb_is_plugged(struct guest *guest, const char *id, bool *out_is_plugged,
                             struct reason *reason)
{
    json_t *children;
    enum rc rc = list_plugged(guest, &children, reason);
    if (rc)
        return rc;
    *out_is_plugged = type_of(children, id) != NULL;
    json_decref(children);
    return RC_OK;
}

/* Waits until QEMU has told that this one is gone; what it tells of others is passed over. */
static enum rc wait_until_gone(struct guest *guest, const char *id, struct reason *reason)
{
    for (;;) {
        json_t *data = NULL;
        enum rc rc = qmp_event(guest->qmp, "DEVICE_DELETED", QMP_WAIT_MS, &data, reason);
        if (rc)
            return rc;
        const char *device = json_text(data, "device");
        bool is_it = device && strcmp(device, id) == 0;
        json_decref(data);
        if (is_it)
            return RC_OK;
    }
}

enum rc guest_usb_pull(struct guest *guest, const char *id, struct reason *reason)
{
    json_t *children;
    enum rc rc = list_plugged(guest, &children, reason);
    if (rc)
        return rc;
    const char *type = type_of(children, id);
    bool is_there = type != NULL, is_stick = type && strcmp(type, "child<usb-storage>") == 0;
    json_decref(children);
    if (!is_there) {
        reason_set(reason, "nothing of the name '%s' is plugged in", id);
        return RC_NOT_FOUND;
    }
    rc = qmp_command(guest->qmp, "device_del", json_pack("{s:s}", "id", id), QMP_WAIT_MS, NULL,
                     reason);
    if (!rc)
        rc = wait_until_gone(guest, id, reason);
    return rc || !is_stick ? rc : remove_node(guest, id, reason);
}
