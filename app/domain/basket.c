#include "app/domain/basket.h"

#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "firmware/base/utf8.h"

#define ISO_CHARS 10
#define SHOWN 40 /* of somebody's text that a sentence repeats */

/* --- pauses --- */

static enum rc read_day(const char *text, size_t length, int *out_day)
{
    char iso[ISO_CHARS + 1];
    if (length != ISO_CHARS)
        return RC_BAD_INPUT;
    memcpy(iso, text, ISO_CHARS);
    iso[ISO_CHARS] = 0;
    return day_from_iso(iso, out_day);
}

/* Without the spaces around it. */
static const char *trim(const char *text, size_t *length)
{
    while (*length && *text == ' ')
        text++, (*length)--;
    while (*length && text[*length - 1] == ' ')
        (*length)--;
    return text;
}

static enum rc read_pause(const char *text, size_t length, struct basket_pause *out_pause,
                          struct reason *out_reason)
{
    struct basket_pause pause = {0, 0};
    const char *slash = memchr(text, '/', length);
    size_t first = slash ? (size_t)(slash - text) : length;
    enum rc rc = read_day(text, first, &pause.from);
    pause.to = pause.from;
    if (!rc && slash)
        rc = read_day(slash + 1, length - first - 1, &pause.to);
    if (rc)
        reason_set(
            out_reason,
            SAID("\"%.*s\" is no pause; write a day as 2026-12-20, or from the first to the last "
                 "as 2026-12-20/2027-01-05."),
            (int)utf8_cut(text, length < SHOWN ? length : SHOWN), text);
    else if (pause.to < pause.from)
        reason_set(out_reason, SAID("The pause %.*s ends before it begins."), (int)length, text);
    if (rc || pause.to < pause.from)
        return RC_BAD_INPUT;
    *out_pause = pause;
    return RC_OK;
}

enum rc basket_read_pauses(const char *text, struct basket_pauses *out_pauses,
                           struct reason *out_reason)
{
    struct basket_pauses pauses = {.count = 0};
    for (size_t whole; *text; text += whole + (text[whole] == ',')) {
        whole = strcspn(text, ",");
        size_t length = whole;
        const char *part = trim(text, &length);
        if (!length)
            continue;
        if (pauses.count == BASKET_PAUSES_MAX) {
            reason_set(out_reason,
                       SAID("There are more than %d pauses; put those that follow each "
                            "other together."),
                       BASKET_PAUSES_MAX);
            return RC_LIMIT;
        }
        enum rc rc = read_pause(part, length, &pauses.rows[pauses.count], out_reason);
        if (rc)
            return rc;
        pauses.count++;
    }
    *out_pauses = pauses;
    return RC_OK;
}

/* The latest last day of the pauses that `day` lies in; 0: it lies in none. */
static int last_of(const struct basket_pauses *pauses, int day)
{
    int last = 0;
    for (int i = 0; i < pauses->count; i++)
        if (pauses->rows[i].from <= day && day <= pauses->rows[i].to && pauses->rows[i].to > last)
            last = pauses->rows[i].to;
    return last;
}

int basket_paused_until(const struct basket_pauses *pauses, int day)
{
    int until = last_of(pauses, day);
    for (int next = until; next;) {
        next = last_of(pauses, day_number_add(until, 1));
        if (next)
            until = next;
    }
    return until;
}

int basket_paused_until_of(const struct person *owner, int day)
{
    struct basket_pauses pauses;
    return basket_read_pauses(owner->basket_pauses, &pauses, NULL)
               ? 0
               : basket_paused_until(&pauses, day);
}

/* --- who may fetch --- */

bool basket_next_fetcher(const char **at, char out_name[BASKET_NAME_BYTES])
{
    while (**at) {
        size_t whole = strcspn(*at, ";"), length = whole;
        const char *name = trim(*at, &length);
        *at += whole + ((*at)[whole] == ';');
        if (!length || length >= BASKET_NAME_BYTES)
            continue;
        memcpy(out_name, name, length);
        out_name[length] = 0;
        return true;
    }
    return false;
}

bool basket_may_fetch(const struct person *owner, const struct person *who)
{
    char name[BASKET_NAME_BYTES];
    const char *at = owner->basket_fetchers;
    if (fact_id_is_same(owner->id, who->id))
        return true;
    while (basket_next_fetcher(&at, name))
        if (person_is_called(who, name))
            return true;
    return false;
}

void basket_drop_fetchers(struct person *owner, bool (*is)(void *context, const char *name),
                          void *context)
{
    char name[BASKET_NAME_BYTES], kept[BASKET_NAME_BYTES] = "";
    const char *at = owner->basket_fetchers;
    size_t used = 0;
    bool is_changed = false;
    while (basket_next_fetcher(&at, name)) {
        bool goes = is(context, name);
        is_changed |= goes;
        if (!goes && used < sizeof kept)
            used +=
                (size_t)snprintf(kept + used, sizeof kept - used, "%s%s", used ? ";" : "", name);
    }
    if (is_changed)
        memcpy(owner->basket_fetchers, kept, sizeof kept);
}
