#include "app/update_go.h"

/* What it came to; false: nothing more happens by itself. */
static bool act(const struct update_hands *hands, const struct update_state *state,
                enum update_act what, enum update_event *out_event, enum update_why *out_why)
{
    switch (what) {
    case UPDATE_INSTALL_NEW:
    case UPDATE_INSTALL_OLD:
        *out_why = hands->install(hands->context, what == UPDATE_INSTALL_OLD);
        *out_event = *out_why ? UPDATE_FAILED : UPDATE_DONE;
        return true;
    case UPDATE_WAIT:
        *out_event = hands->is_up(hands->context, state) ? UPDATE_UP : UPDATE_DOWN;
        return true;
    case UPDATE_RESTART: hands->restart(hands->context); return false;
    case UPDATE_TIDY: hands->tidy(hands->context, state->step == UPDATE_INSTALLED); return false;
    case UPDATE_REST: break;
    }
    return false;
}

/*
 * Only the beginning has to be remembered at any price. A later state that cannot be is done all
 * the same: the one that is remembered leads to the old version or to this one again.
 */
enum rc update_go(const struct update_hands *hands, struct update_state *state,
                  enum update_event event)
{
    enum update_why why = UPDATE_WHY_NONE;
    for (bool goes_on = true; goes_on;) {
        struct update_state next = *state;
        enum update_act what = update_state_go(&next, event, why);
        bool is_known = next.step == state->step && next.tries == state->tries;
        enum rc rc = is_known ? RC_OK : hands->save(hands->context, &next);
        if (rc && event == UPDATE_ASKED)
            return rc;
        *state = next;
        goes_on = act(hands, state, what, &event, &why);
    }
    return RC_OK;
}
