#include "app/updating.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/asks_i.h"
#include "app/station_i.h"
#include "app/ui/words.h"
#include "app/update_root.h"
#include "firmware/base/log.h"

#define LOOK_MS 500
#define AWAIT_MS                                                                                   \
    90000 /* a slow card takes its time to copy and weigh; below the page's idle time */

/* One look or one copy, on the porter's way. */
struct fetch {
    struct trip trip;
    struct ask ask;
    char from[PATH_MAX], into[PATH_MAX], key[PATH_MAX];
    struct update_found found;
    bool has_found;
    enum update_why why;
    struct reason detail;
};

static const char *key_of(const struct station *station)
{
    return station->config.update_key ? station->config.update_key : UPDATE_KEY_FILE;
}

static void said_path(const struct station *station, char *out_path)
{
    snprintf(out_path, PATH_MAX, "%s/" UPDATE_SAID,
             station->config.update_run ? station->config.update_run : UPDATE_RUN);
}

static void brought_path(const struct station *station, char *out_path)
{
    snprintf(out_path, PATH_MAX, "%s/" UPDATE_BROUGHT, station->config.data);
}

void updating_open(struct station *station)
{
    char path[PATH_MAX];
    brought_path(station, path);
    update_clear(path);
    (void)rmdir(path);
}

/* --- what is there --- */

static bool find(const char *key_file, const char *root, struct update_found *out_found)
{
    struct sign_public key;
    const struct update_here mine = update_here();
    enum update_why why = update_key_read(key_file, &key);
    if (!update_find(root, why ? NULL : &key, &mine, out_found))
        return false;
    out_found->why = why ? why : out_found->why;
    return true;
}

bool updating_find(const struct station *station, const char *root, struct update_found *out_found)
{
    return find(key_of(station), root, out_found);
}

static enum rc look(struct trip *trip, struct porter *porter)
{
    struct fetch *fetch = (struct fetch *)trip;
    (void)porter;
    fetch->has_found = find(fetch->key, fetch->from, &fetch->found);
    /* It stays there after it was installed. */
    if (fetch->found.why == UPDATE_WHY_SAME || fetch->found.why == UPDATE_WHY_OLDER)
        fetch->has_found = false;
    return RC_OK;
}

static void choose(struct station *station, const struct update_found *boot)
{
    struct updating *updating = &station->updating;
    bool is_stick = updating->has_on_stick && (!boot || !updating->on_stick.why || boot->why);
    updating->has_found = is_stick || boot;
    updating->is_found_on_boot = !is_stick && boot;
    if (updating->has_found)
        updating->found = is_stick ? updating->on_stick : *boot;
}

static void tell(struct station *station, const struct ask *ask)
{
    const struct updating *updating = &station->updating;
    const struct update_found *found = &updating->found;
    struct told told = {.ask = ask->kind, .how = TOLD_YES, .count = 2, .total = 2};
    bool is_bad = false;
    asks_copy(told.text, sizeof told.text, PERRON_VERSION);
    if (updating->has_found) {
        asks_copy(told.rows[0].title, sizeof told.rows[0].title,
                  found->claim.version[0] ? found->claim.version : found->name);
        asks_copy(told.rows[0].line, sizeof told.rows[0].line,
                  words(ask->language, update_why_text(found->why)));
        told.rows[0].number[0] = !found->why;
        told.rows[0].mark = 1;
    }
    (void)!updating_say_last(station, ask->language, true, told.rows[1].line,
                             sizeof told.rows[1].line, &is_bad);
    told.rows[1].mark = is_bad;
    asks_tell(station, &told);
}

static void looked(struct trip *trip, void *context)
{
    struct station *station = context;
    struct fetch *fetch = (struct fetch *)trip;
    choose(station, fetch->has_found ? &fetch->found : NULL);
    tell(station, &fetch->ask);
    free(fetch);
}

static struct fetch *begin(struct station *station, const struct ask *ask)
{
    struct fetch *fetch = calloc(1, sizeof *fetch);
    if (!fetch)
        return NULL;
    fetch->ask = *ask;
    fetch->ask.ink = NULL;
    snprintf(fetch->key, sizeof fetch->key, "%s", key_of(station));
    return fetch;
}

void updating_tell(struct station *station, const struct ask *ask)
{
    struct fetch *fetch = station->config.boot ? begin(station, ask) : NULL;
    if (fetch) {
        snprintf(fetch->from, sizeof fetch->from, "%s", station->config.boot);
        fetch->trip.carry = look;
        fetch->trip.done = looked;
        if (!porter_send(station->porter, &fetch->trip))
            return;
        free(fetch);
    }
    choose(station, NULL);
    tell(station, ask);
}

/* --- what root's side says --- */

bool updating_say_last(const struct station *station, enum language language, bool has_why,
                       char *out_text, size_t size, bool *out_is_bad)
{
    static const char kept_not[] = WORDS_MARK("%s was not kept.");
    static const char installed_not[] = WORDS_MARK("%s was not installed.");
    static const struct {
        const char *text, *brief; /* NULL: the same */
        bool is_bad;
    } steps[UPDATE_STEP_COUNT] = {
        [UPDATE_INSTALLING] = {WORDS_MARK("%s is being installed."), NULL, false},
        [UPDATE_TRYING] = {WORDS_MARK("%s is being tried."), NULL, false},
        [UPDATE_RETURNING] = {WORDS_MARK("%s was not kept: %s comes back."), kept_not, true},
        [UPDATE_INSTALLED] = {WORDS_MARK("%s is installed."), NULL, false},
        [UPDATE_RETURNED] = {WORDS_MARK("%s was not kept: %s is back."), kept_not, true},
        [UPDATE_STUCK] = {WORDS_MARK("Neither %s nor %s could be installed."), installed_not, true},
        [UPDATE_REFUSED] = {installed_not, NULL, true},
    };
    char path[PATH_MAX], said[160];
    struct update_state state;
    said_path(station, path);
    if (update_state_read(path, &state) || !steps[state.step].text)
        return false;
    const char *text =
        has_why || !steps[state.step].brief ? steps[state.step].text : steps[state.step].brief;
    words_format(said, sizeof said, words(language, text), state.to, state.from);
    has_why &= state.why != UPDATE_WHY_NONE;
    snprintf(out_text, size, "%s%s%s", said, has_why ? " " : "",
             has_why ? words(language, update_why_text(state.why)) : "");
    *out_is_bad = steps[state.step].is_bad;
    return true;
}

/* Which file it is: another one is news, also where it says the same. */
static void mark_said(const struct station *station, int64_t *out_ms, int64_t *out_file)
{
    char path[PATH_MAX];
    struct stat info;
    said_path(station, path);
    bool is_there = stat(path, &info) == 0;
    *out_file = is_there ? (int64_t)info.st_ino : 0;
    *out_ms = is_there ? (int64_t)info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000 : 0;
}

static void end(struct station *station, enum update_why why)
{
    station->updating.stage = UPDATING_RESTS;
    if (why)
        log_warning("no update: %s", update_why_text(why));
    asks_answer(station, ASK_INSTALL, why ? TOLD_NO : TOLD_YES, why ? update_why_text(why) : NULL);
}

void updating_serve(struct station *station)
{
    struct updating *updating = &station->updating;
    struct update_state state = {.step = UPDATE_NONE};
    int64_t now_ms = clock_mono_ms(station->clock), ms, file;
    char path[PATH_MAX];
    if (updating->stage != UPDATING_AWAITS || now_ms < updating->look_ms)
        return;
    updating->look_ms = now_ms + LOOK_MS;
    said_path(station, path);
    mark_said(station, &ms, &file);
    bool is_news = (ms != updating->said_ms || file != updating->said_file) &&
                   !update_state_read(path, &state);
    if (is_news && state.step == UPDATE_REFUSED)
        end(station, state.why);
    else if (is_news && (state.step == UPDATE_INSTALLING || state.step == UPDATE_TRYING))
        end(station, UPDATE_WHY_NONE);
    else if (is_news && state.why)
        end(station, state.why);
    else if (now_ms >= updating->until_ms)
        end(station, UPDATE_WHY_SYSTEM);
}

int64_t updating_due_ms(const struct station *station)
{
    return station->updating.stage == UPDATING_AWAITS ? station->updating.look_ms : INT64_MAX;
}

/* --- installing --- */

static enum rc tell_porter(void *context, int64_t done, int64_t of)
{
    return porter_tell(context, 0, of ? (int)(done * 100 / of) : 0);
}

static enum rc carry(struct trip *trip, struct porter *porter)
{
    struct fetch *fetch = (struct fetch *)trip;
    struct sign_public key;
    struct update_claim claim;
    const struct update_here mine = update_here();
    const struct update_job job = {.from = fetch->from,
                                   .name = fetch->found.name,
                                   .into = fetch->into,
                                   .key = &key,
                                   .here = &mine,
                                   .tell = tell_porter,
                                   .context = porter};
    (void)mkdir(fetch->into, 0700);
    fetch->why = update_key_read(fetch->key, &key);
    if (!fetch->why)
        fetch->why = update_take(&job, &claim, &fetch->detail);
    return fetch->why ? RC_REFUSED : RC_OK;
}

static enum update_why why_of_machine(enum rc rc)
{
    return rc == RC_BUSY ? UPDATE_WHY_BUSY : rc ? UPDATE_WHY_SYSTEM : UPDATE_WHY_NONE;
}

static void carried(struct trip *trip, void *context)
{
    struct station *station = context;
    struct fetch *fetch = (struct fetch *)trip;
    enum update_why why = fetch->why;
    if (why && fetch->detail.text[0])
        log_warning("%s", fetch->detail.text);
    free(fetch);
    if (!why && (!station->is_serving || !station->machine))
        why = UPDATE_WHY_SYSTEM;
    if (!why)
        why = why_of_machine(machine_update(station->machine, clock_mono_ms(station->clock), NULL));
    if (why) {
        updating_open(station);
        end(station, why);
        return;
    }
    station->updating.stage = UPDATING_BEGINS;
    station->machine_ask = ASK_INSTALL;
    mark_said(station, &station->updating.said_ms, &station->updating.said_file);
}

void updating_install(struct station *station, const struct ask *ask)
{
    struct updating *updating = &station->updating;
    const char *root = updating->is_found_on_boot ? station->config.boot : station->stick_path;
    bool is_there =
        updating->has_found && (updating->is_found_on_boot || station->load.stand == LOAD_OPEN);
    enum update_why why = updating->stage ? UPDATE_WHY_BUSY
                          : is_there      ? updating->found.why
                                          : UPDATE_WHY_GONE;
    if (why) {
        asks_answer(station, ask->kind, TOLD_NO, update_why_text(why));
        return;
    }
    struct fetch *fetch = begin(station, ask);
    if (fetch) {
        fetch->found = updating->found;
        snprintf(fetch->from, sizeof fetch->from, "%.4000s/%s", root, fetch->found.folder);
        brought_path(station, fetch->into);
        fetch->trip.carry = carry;
        fetch->trip.done = carried;
        updating->stage = UPDATING_COPIES;
        if (!porter_send(station->porter, &fetch->trip))
            return;
        free(fetch);
    }
    updating->stage = UPDATING_RESTS;
    asks_answer(station, ask->kind, TOLD_NO,
                WORDS_MARK("The station is busy. Try again in a moment."));
}

void updating_hear(struct station *station, const struct machine_event *event)
{
    if (event->rc) {
        log_warning("%s", event->why.text);
        updating_open(station);
        end(station, why_of_machine(event->rc));
        return;
    }
    log_info("an update was handed over to be installed");
    station->updating.stage = UPDATING_AWAITS;
    station->updating.look_ms = clock_mono_ms(station->clock) + LOOK_MS;
    station->updating.until_ms = clock_mono_ms(station->clock) + AWAIT_MS;
}
