#include "app/domain/newcomer.h"

#include <assert.h>
#include <string.h>

#include "app/domain/body.h"
#include "app/domain/newcomer_i.h"
#include "app/domain/presence.h"
#include "firmware/base/utf8.h"

static const char *const hows[NEWCOMER_HOW_COUNT] = {"not-yet", "done", "skipped", "later",
                                                     "declined"};

const char *newcomer_how_name(enum newcomer_how how)
{
    assert((unsigned)how < NEWCOMER_HOW_COUNT);
    return hows[how];
}

/* In facts; NEWCOMER_HOW_COUNT for one of a newer version. */
static enum newcomer_how read_how(const char *name)
{
    int how = NEWCOMER_DONE;
    if (strcmp(name, NEWCOMER_AGAIN) == 0)
        return NEWCOMER_NOT_YET;
    while (how < NEWCOMER_HOW_COUNT && strcmp(hows[how], name) != 0)
        how++;
    return (enum newcomer_how)how;
}

/* --- what a step says beside how it went --- */

/* A text of its own, or none; RC_CORRUPT for anything else, or one longer than any of ours. */
static enum rc read_text(const json_t *body, const char *name, char *out_text, size_t size)
{
    if (!json_object_get(body, name))
        return RC_OK;
    const char *text = json_text(body, name);
    return text && !utf8_clean(text, out_text, size) ? RC_OK : RC_CORRUPT;
}

static enum rc read_keys(const json_t *body, const char *name, char out_keys[NEWCOMER_KEYS_BYTES])
{
    char keys[NEWCOMER_KEYS_BYTES];
    if (!json_object_get(body, name))
        return RC_OK;
    const char *text = json_text(body, name);
    if (!text || strlen(text) >= sizeof keys || !newcomer_copy_keys(text, keys))
        return RC_CORRUPT;
    memcpy(out_keys, keys, sizeof keys);
    return RC_OK;
}

static enum rc take_why(struct newcomer *newcomer, const json_t *body)
{
    enum rc rc = RC_OK;
    memset(newcomer->wishes, 0, sizeof newcomer->wishes);
    for (int wish = 0; !rc && wish < GUIDE_WISH_COUNT; wish++)
        rc = read_keys(body, guide_wish_name((enum guide_wish)wish), newcomer->wishes[wish]);
    return rc;
}

static enum rc take_missions(struct newcomer *newcomer, const json_t *body)
{
    const json_t *wants = json_object_get(body, "wants_shaping");
    memset(newcomer->missions, 0, sizeof newcomer->missions);
    newcomer->wants_shaping = json_is_true(wants);
    return wants && !json_is_boolean(wants) ? RC_CORRUPT
                                            : read_keys(body, "missions", newcomer->missions);
}

static bool is_stroke(const json_t *stroke)
{
    size_t at;
    json_t *part;
    if (!json_is_array(stroke) || json_array_size(stroke) % 2)
        return false;
    json_array_foreach(stroke, at, part)
    {
        if (!json_is_integer(part) || json_integer_value(part) < 0 ||
            json_integer_value(part) > NEWCOMER_PAD)
            return false;
    }
    return true;
}

/* A signature without a line is none. */
static enum rc read_strokes(const json_t *body, bool *out_is_signed)
{
    size_t at;
    json_t *stroke;
    const json_t *strokes = json_object_get(body, "strokes");
    if (strokes && !json_is_array(strokes))
        return RC_CORRUPT;
    json_array_foreach(strokes, at, stroke)
    {
        if (!is_stroke(stroke))
            return RC_CORRUPT;
    }
    *out_is_signed = json_array_size(strokes) > 0;
    return RC_OK;
}

/* Which text it was, and in which language. */
struct shown {
    char version[GUIDE_VERSION_BYTES], text[GUIDE_HASH_BYTES], language[NEWCOMER_LANGUAGE_BYTES];
    bool is_signed;
};

static enum rc read_shown(const json_t *body, struct shown *out_shown)
{
    *out_shown = (struct shown){.is_signed = false};
    enum rc rc = read_text(body, "version", out_shown->version, sizeof out_shown->version);
    if (!rc)
        rc = read_text(body, "text", out_shown->text, sizeof out_shown->text);
    if (!rc)
        rc = read_text(body, "language", out_shown->language, sizeof out_shown->language);
    return rc ? rc : read_strokes(body, &out_shown->is_signed);
}

/* What was read without being accepted is no charter of theirs. */
static enum rc take_charter(struct newcomer *newcomer, const json_t *body)
{
    struct shown shown;
    enum rc rc = read_shown(body, &shown);
    if (rc)
        return rc;
    if (newcomer->steps[GUIDE_CHARTER] != NEWCOMER_DONE)
        shown = (struct shown){.is_signed = false};
    memcpy(newcomer->charter, shown.version, sizeof newcomer->charter);
    memcpy(newcomer->charter_language, shown.language, sizeof newcomer->charter_language);
    newcomer->is_charter_signed = shown.is_signed;
    return RC_OK;
}

/* That it was shown is all a fold says of it. */
static enum rc take_notice(struct newcomer *newcomer, const json_t *body)
{
    struct shown shown;
    (void)newcomer;
    return read_shown(body, &shown);
}

static enum rc (*const takers[GUIDE_STEP_COUNT])(struct newcomer *newcomer, const json_t *body) = {
    [GUIDE_WHY] = take_why,
    [GUIDE_MISSIONS] = take_missions,
    [GUIDE_CHARTER] = take_charter,
    [GUIDE_NOTICE] = take_notice,
};

/* --- facts --- */

static void begin(struct newcomer *newcomer, const struct fact *fact)
{
    if (newcomer->has_begun)
        return;
    newcomer->has_begun = true;
    newcomer->began = fact->id;
    newcomer->began_ms = fact->effective_ms;
}

static enum rc take_step(struct newcomer *newcomer, const struct fact *fact, const json_t *body)
{
    const char *name = json_text(body, "step"), *said = json_text(body, "how");
    if (!name || !said)
        return RC_CORRUPT;
    enum guide_step step = guide_step_from_name(name);
    enum newcomer_how how = read_how(said);
    if (step == GUIDE_STEP_COUNT || how == NEWCOMER_HOW_COUNT)
        return RC_OK;
    begin(newcomer, fact);
    newcomer->steps[step] = how;
    newcomer->steps_ms[step] = how == NEWCOMER_NOT_YET ? 0 : fact->effective_ms;
    return takers[step] ? takers[step](newcomer, body) : RC_OK;
}

static void forget_passed(struct newcomer *newcomer, struct fact_id buddy)
{
    int kept = 0;
    for (int i = 0; i < newcomer->passed_count; i++)
        if (!fact_id_is_same(newcomer->passed[i], buddy))
            newcomer->passed[kept++] = newcomer->passed[i];
    for (int i = kept; i < newcomer->passed_count; i++)
        newcomer->passed[i] = (struct fact_id){0, 0};
    newcomer->passed_count = kept;
}

static void add_passed(struct newcomer *newcomer, struct fact_id buddy)
{
    forget_passed(newcomer, buddy);
    if (newcomer->passed_count == NEWCOMER_PASSED_MAX)
        forget_passed(newcomer, newcomer->passed[0]);
    newcomer->passed[newcomer->passed_count++] = buddy;
}

static void set_buddy(struct newcomer *newcomer, struct fact_id buddy, enum newcomer_buddy state,
                      int64_t at_ms)
{
    newcomer->buddy = buddy;
    newcomer->buddy_state = state;
    newcomer->buddy_ms = at_ms;
}

/* "asked", "taken" or "named": who has taken them keeps them. */
static void take_holder(struct newcomer *newcomer, struct fact_id buddy, enum newcomer_buddy state,
                        int64_t at_ms)
{
    if (newcomer->buddy_state == NEWCOMER_BUDDY_TAKEN)
        return;
    if (state != NEWCOMER_BUDDY_ASKED)
        forget_passed(newcomer, buddy);
    set_buddy(newcomer, buddy, state, at_ms);
}

/* Whoever "missed" it by a moment has taken them all the same; who "declined" has them no more. */
static void take_pass(struct newcomer *newcomer, struct fact_id buddy, bool is_declined)
{
    bool is_theirs = fact_id_is_same(newcomer->buddy, buddy);
    if (is_theirs && newcomer->buddy_state == NEWCOMER_BUDDY_TAKEN && !is_declined)
        return;
    add_passed(newcomer, buddy);
    if (is_theirs)
        set_buddy(newcomer, (struct fact_id){0, 0}, NEWCOMER_BUDDY_NONE, 0);
}

static enum rc take_buddy(struct newcomer *newcomer, const struct fact *fact, const json_t *body)
{
    static const struct {
        const char *name;
        enum newcomer_buddy state; /* NONE: they could not */
    } words[] = {
        {"missed", NEWCOMER_BUDDY_NONE}, {"declined", NEWCOMER_BUDDY_NONE},
        {"asked", NEWCOMER_BUDDY_ASKED}, {"taken", NEWCOMER_BUDDY_TAKEN},
        {"named", NEWCOMER_BUDDY_NAMED},
    };
    const size_t count = sizeof words / sizeof words[0];
    const char *how = json_text(body, "how");
    const struct fact_id buddy = body_id(body, "buddy");
    size_t at = 0;
    if (!how || fact_id_is_none(buddy))
        return RC_CORRUPT;
    while (at < count && strcmp(words[at].name, how) != 0)
        at++;
    if (at == count || fact_id_is_same(buddy, fact->subject))
        return RC_OK;
    begin(newcomer, fact);
    if (words[at].state == NEWCOMER_BUDDY_NONE)
        take_pass(newcomer, buddy, strcmp(how, "declined") == 0);
    else
        take_holder(newcomer, buddy, words[at].state, fact->effective_ms);
    return RC_OK;
}

enum rc newcomer_take(struct newcomer *newcomer, const struct fact *fact, const json_t *body)
{
    if (!body)
        return RC_OK;
    return fact->kind == FACT_BUDDY ? take_buddy(newcomer, fact, body)
                                    : take_step(newcomer, fact, body);
}

/* --- being there --- */

static void tick(struct newcomer *newcomer, enum guide_step step, int64_t at_ms)
{
    newcomer->steps[step] = NEWCOMER_DONE;
    newcomer->steps_ms[step] = at_ms;
}

/* An info session is one only behind the first. */
static bool is_deepening(const struct newcomer *newcomer, const struct visit *visit)
{
    bool is_of_kind =
        visit->kind == OCCASION_WORKSHOP ||
        (visit->kind == OCCASION_INFO && visit->arrived_ms > newcomer->steps_ms[GUIDE_INFO]);
    return is_of_kind && newcomer_is_months_on(newcomer, visit->day, NEWCOMER_DEEPENING_MONTHS);
}

void newcomer_attend(struct newcomer *newcomer, const struct visit *visits, size_t count)
{
    for (size_t i = 0; newcomer->has_begun && i < count; i++) {
        bool is_first_info =
            visits[i].kind == OCCASION_INFO && newcomer->steps[GUIDE_INFO] != NEWCOMER_DONE;
        if (is_first_info)
            tick(newcomer, GUIDE_INFO, visits[i].arrived_ms);
        else if (newcomer->steps[GUIDE_DEEPENING] != NEWCOMER_DONE &&
                 is_deepening(newcomer, &visits[i]))
            tick(newcomer, GUIDE_DEEPENING, visits[i].arrived_ms);
    }
}

/* --- comparing --- */

static bool has_same_steps(const struct newcomer *a, const struct newcomer *b)
{
    int step = 0;
    while (step < GUIDE_STEP_COUNT && a->steps[step] == b->steps[step] &&
           a->steps_ms[step] == b->steps_ms[step])
        step++;
    return step == GUIDE_STEP_COUNT;
}

static bool has_same_wishes(const struct newcomer *a, const struct newcomer *b)
{
    int wish = 0;
    while (wish < GUIDE_WISH_COUNT && strcmp(a->wishes[wish], b->wishes[wish]) == 0)
        wish++;
    return wish == GUIDE_WISH_COUNT && strcmp(a->missions, b->missions) == 0 &&
           a->wants_shaping == b->wants_shaping;
}

static bool has_same_buddy(const struct newcomer *a, const struct newcomer *b)
{
    int at = 0;
    while (at < a->passed_count && at < b->passed_count &&
           fact_id_is_same(a->passed[at], b->passed[at]))
        at++;
    return at == a->passed_count && at == b->passed_count && fact_id_is_same(a->buddy, b->buddy) &&
           a->buddy_state == b->buddy_state && a->buddy_ms == b->buddy_ms;
}

bool newcomer_is_same(const struct newcomer *a, const struct newcomer *b)
{
    return a->has_begun == b->has_begun && a->began_ms == b->began_ms &&
           fact_id_is_same(a->began, b->began) && has_same_steps(a, b) && has_same_wishes(a, b) &&
           strcmp(a->charter, b->charter) == 0 &&
           strcmp(a->charter_language, b->charter_language) == 0 &&
           a->is_charter_signed == b->is_charter_signed && has_same_buddy(a, b);
}
