/*
 * person.h - a person as the house knows them. Pure; any thread.
 */
#ifndef APP_DOMAIN_PERSON_H
#define APP_DOMAIN_PERSON_H

#include <stdbool.h>

#include "app/domain/fact.h"
#include "app/domain/language.h"
#include "firmware/base/json.h"
#include "firmware/base/rc.h"

/* Sizes in bytes with the NUL; UTF-8, no control characters. */
struct person {
    struct fact_id id;
    char number[32];      /* member number, the key of imports; "" if none */
    char external_id[96]; /* another system's id (Odoo's External ID) */
    char first_name[96];  /* never "" */
    char last_name[96];
    char language[4]; /* "fr", "nl", "en" or "" for the venue's */
    char circle[64];
    char email[128];
    char phone[48];
    char since[12]; /* ISO date or "" */
};

/* One row per text field: name in facts, in JSON output and in CSV headings. */
struct person_field {
    const char *name;
    size_t offset;
    size_t size;
};

extern const struct person_field person_fields[];
extern const int person_field_count;

/* The field's text inside the person. */
char *person_text(struct person *person, int field);
const char *person_text_const(const struct person *person, int field);

/* All non-empty fields as an object; json_decref it. NULL without memory. */
json_t *person_to_json(const struct person *person);

/*
 * The fields that differ between `before` and `after`, with their new values; json_decref it. An
 * empty object when nothing changed.
 */
json_t *person_changes(const struct person *before, const struct person *after);

/* Takes over the fields present in a body; too long or unclean texts are RC_BAD_INPUT. */
enum rc person_apply(struct person *person, const json_t *fields) MUST_CHECK;

/*
 * What a public screen shows: the first name and the initial of the last, "Zoé D.". At most
 * `size` bytes, cut between characters.
 */
void person_display_name(const struct person *person, char *out_name, size_t size);

/* The person's language, or `otherwise` where none is set. */
enum language person_language(const struct person *person, enum language otherwise);

#endif
