#include "app/domain/consent.h"

#include <assert.h>
#include <string.h>

#include "firmware/base/utf8.h"

static const char *const names[CONSENT_COUNT] = {
    [CONSENT_NAME] = "name", [CONSENT_LINE] = "line",   [CONSENT_SKILLS] = "skills",
    [CONSENT_HERE] = "here", [CONSENT_BUDDY] = "buddy",
};

const char *consent_name(enum consent field)
{
    assert((unsigned)field < CONSENT_COUNT);
    return names[field];
}

enum consent consent_from_name(const char *name)
{
    int field = 0;
    while (field < CONSENT_COUNT && (!name || strcmp(names[field], name) != 0))
        field++;
    return (enum consent)field;
}

enum rc consent_take(struct consents *consents, const struct fact *fact, const json_t *body)
{
    const char *name = json_text(body, "field"), *version = json_text(body, "version");
    const json_t *is_given = json_object_get(body, "is_given");
    enum consent field = consent_from_name(name);
    struct consent_row row = {
        .is_said = true, .is_given = json_is_true(is_given), .at_ms = fact->effective_ms};
    if (!name)
        return RC_CORRUPT;
    if (field == CONSENT_COUNT)
        return RC_OK;
    if (!json_is_boolean(is_given) || !version || !json_text(body, "language") ||
        utf8_clean(version, row.version, sizeof row.version))
        return RC_CORRUPT;
    consents->rows[field] = row;
    return RC_OK;
}

json_t *consent_to_json(enum consent field, bool is_given, const char *language)
{
    return json_pack("{s:s,s:b,s:s,s:s}", "field", consent_name(field), "is_given", is_given,
                     "version", CONSENT_TEXT_VERSION, "language", language);
}

bool consents_are_same(const struct consents *a, const struct consents *b)
{
    int field = 0;
    while (field < CONSENT_COUNT && a->rows[field].is_said == b->rows[field].is_said &&
           a->rows[field].is_given == b->rows[field].is_given &&
           a->rows[field].at_ms == b->rows[field].at_ms &&
           strcmp(a->rows[field].version, b->rows[field].version) == 0)
        field++;
    return field == CONSENT_COUNT;
}
