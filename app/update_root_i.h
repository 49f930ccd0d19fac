/*
 * update_root_i.h - the inside of root's side of an update, shared by update_root.c (what is
 * checked before anything happens) and update_root_hands.c (what is done). Nobody else includes it.
 */
#ifndef APP_UPDATE_ROOT_I_H
#define APP_UPDATE_ROOT_I_H

#include <sys/types.h>

#include "app/update_go.h"
#include "app/update_root.h"

#define UPDATE_STATE_FILE "state"
#define UPDATE_CURRENT "current.deb"
#define UPDATE_PREVIOUS "previous.deb"

struct update_root {
    const struct update_places *places;
    int lock;
    char detail[200]; /* of what failed last */
};

/* In PATH_MAX. */
void update_root_path(const char *folder, const char *name, char *out_path);
bool update_root_has(const char *folder, const char *name);

/* Whole or not at all, and durably. */
enum rc update_root_copy(const char *from, const char *folder, const char *name,
                         mode_t mode) MUST_CHECK;

/* To the station; nothing depends on it. */
void update_root_say(const struct update_root *root, const struct update_state *state);
void update_root_log(const struct update_state *state);

/* The context is a struct update_root. */
extern const struct update_hands update_root_hands;

#endif
