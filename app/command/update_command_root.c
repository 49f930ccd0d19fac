#include <stdio.h>

#include "app/command/command.h"
#include "app/command/update_command_i.h"
#include "app/update_root.h"
#include "app/update_version.h"

static struct update_places places_of(const struct update_options *options)
{
    struct update_places places = update_places_default();
    places.data = command_data(options->data);
    places.kept = options->kept ? options->kept : places.kept;
    places.run = options->run ? options->run : places.run;
    places.key = options->key ? options->key : places.key;
    places.root = options->root ? options->root : places.root;
    places.stays_on = options->stays_on;
    return places;
}

/* In words; the reason stands behind it. */
static void print_text(const struct update_state *state)
{
    static const char *const texts[UPDATE_STEP_COUNT] = {
        [UPDATE_NONE] = "no update was ever installed\n",
        [UPDATE_INSTALLING] = "%s is being installed over %s\n",
        [UPDATE_TRYING] = "%s is installed over %s, and has to come up\n",
        [UPDATE_RETURNING] = "%s did not come up; %s is being installed again\n",
        [UPDATE_INSTALLED] = "%s is installed, over %s\n",
        [UPDATE_RETURNED] = "%s did not come up; %s is back\n",
        [UPDATE_STUCK] = "neither %s nor %s could be installed: install a package by hand\n",
        [UPDATE_REFUSED] = "%s was not installed; %s stays\n",
    };
    if (state->step == UPDATE_REFUSED && !state->to[0])
        printf("nothing was installed\n");
    else if (state->step == UPDATE_NONE)
        fputs(texts[UPDATE_NONE], stdout);
    else
        printf(texts[state->step], state->to, state->from[0] ? state->from : PERRON_VERSION);
    if (state->why)
        printf("%s\n", update_why_text(state->why));
    if (state->detail[0])
        printf("%s\n", state->detail);
}

static void print_json(const struct update_state *state)
{
    command_print(json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:s}", "version", PERRON_VERSION, "step",
                            update_step_name(state->step), "from", state->from, "to", state->to,
                            "why", update_why_text(state->why), "tries", state->tries, "detail",
                            state->detail));
}

static int tell(const struct update_options *options, const struct update_state *state)
{
    (options->is_json ? print_json : print_text)(state);
    return state->step == UPDATE_REFUSED || state->step == UPDATE_STUCK ? COMMAND_FAILED
                                                                        : COMMAND_OK;
}

/* What the station would read, so that nobody has to be root to ask. */
int update_command_status(const struct update_options *options)
{
    struct update_places places = places_of(options);
    struct update_state state = {.step = UPDATE_NONE};
    struct reason reason = {.text = ""};
    char path[512];
    snprintf(path, sizeof path, "%s/" UPDATE_SAID, places.run);
    enum rc rc = update_state_read(path, &state);
    if (rc && rc != RC_NOT_FOUND) {
        reason_set(&reason, "%s cannot be read: %s", path, rc_text(rc));
        return command_fail(&reason);
    }
    (options->is_json ? print_json : print_text)(&state);
    return COMMAND_OK;
}

static int run(const struct update_options *options,
               enum rc (*work)(const struct update_places *places, struct update_state *out_state,
                               struct reason *out_reason))
{
    struct update_places places = places_of(options);
    struct update_state state;
    struct reason reason = {.text = ""};
    return work(&places, &state, &reason) ? command_fail(&reason) : tell(options, &state);
}

int update_command_apply(const struct update_options *options)
{
    return run(options, update_apply);
}

int update_command_settle(const struct update_options *options)
{
    return run(options, update_settle);
}

int update_command_keep(const struct update_options *options, const char *path)
{
    struct update_places places = places_of(options);
    struct reason reason = {.text = ""};
    return update_keep(&places, path, &reason) ? command_fail(&reason) : COMMAND_OK;
}
