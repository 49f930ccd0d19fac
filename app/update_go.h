/*
 * update_go.h - takes an update from one state to the next until there is nothing more to do: the
 * table of update_state.h, and hands that do what it says. Each state is remembered before its act
 * begins, so whoever is interrupted anywhere goes on by calling it again with UPDATE_START. One
 * thread; waits as long as the hands do.
 */
#ifndef APP_UPDATE_GO_H
#define APP_UPDATE_GO_H

#include "app/update_state.h"

struct update_hands {
    void *context;
    /* Remembers it durably. */
    enum rc (*save)(void *context, const struct update_state *state);
    /* Installs the new package or the old one; UPDATE_WHY_NONE where it is installed. */
    enum update_why (*install)(void *context, bool is_old);
    /* Waits for the station of that version to answer. */
    bool (*is_up)(void *context, const struct update_state *state);
    void (*restart)(void *context); /* only where that was remembered */
    /* What was tried becomes what there is to go back to, or goes. May be done twice. */
    void (*tidy)(void *context, bool is_installed);
};

/*
 * *state is the one that was remembered, and what it came to. Fails only where UPDATE_ASKED could
 * not be remembered: then nothing was begun, and *state is as it was.
 */
enum rc update_go(const struct update_hands *hands, struct update_state *state,
                  enum update_event event) MUST_CHECK;

#endif
