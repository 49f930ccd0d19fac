#include "app/update_go.h"

#include "firmware/base/log.h"

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
 * A later state that cannot be remembered is done all the same: the one that is remembered leads to
 * the old version or to this one again. But no restart: it would count no try, and so never end.
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
        if (rc && what == UPDATE_RESTART) {
            log_error("the computer is not started again: how far the update is could not be kept");
            return RC_OK;
        }
        goes_on = act(hands, state, what, &event, &why);
    }
    return RC_OK;
}
