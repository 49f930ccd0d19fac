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
    char since[12];        /* ISO date or "" */
    char college[64];      /* the group they vote in */
    char shares[12];       /* how many they hold, in digits; "": none said */
    char paused_until[12]; /* ISO date: until then nothing is promised; "" */
    char private_hours[4]; /* "yes": no hours of theirs on a public screen; "" */
    char discreet[4];      /* "yes": greeted without a name; "" */
    char basket[48];       /* its size in the venue's words; "": none; see basket.h for the rest */
    char basket_pauses[208];
    char basket_fetchers[208];
    char line[161]; /* a sentence about them, in their words */
};

/* The text fields, in the order of person_fields. */
enum person_key {
    PERSON_NUMBER,
    PERSON_EXTERNAL_ID,
    PERSON_FIRST_NAME,
    PERSON_LAST_NAME,
    PERSON_LANGUAGE,
    PERSON_CIRCLE,
    PERSON_EMAIL,
    PERSON_PHONE,
    PERSON_SINCE,
    PERSON_COLLEGE,
    PERSON_SHARES,
    PERSON_PAUSED_UNTIL,
    PERSON_PRIVATE_HOURS,
    PERSON_BASKET,
    PERSON_BASKET_PAUSES,
    PERSON_BASKET_FETCHERS,
    PERSON_LINE,
    PERSON_DISCREET,
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

/*
 * Takes a text for one field without the spaces around it. RC_LIMIT where it is too long,
 * RC_BAD_INPUT where it is not UTF-8, holds control characters, or would leave nobody's first
 * name; then the person is untouched.
 * What a language, a date or a number is, the one who reads them in has to check.
 */
enum rc person_set(struct person *person, int field, const char *text) MUST_CHECK;

/* All non-empty fields as an object; json_decref it. NULL without memory. */
json_t *person_to_json(const struct person *person);

/*
 * The fields that differ between `before` and `after`, with their new values; json_decref it. An
 * empty object when nothing changed.
 */
json_t *person_changes(const struct person *before, const struct person *after);

/*
 * Takes over the fields present in a body, all or none: what person_set refuses, and a value that
 * is no text, is RC_BAD_INPUT. Keys of a newer version are passed over.
 */
enum rc person_apply(struct person *person, const json_t *fields) MUST_CHECK;

/*
 * What a public screen shows: the first name and the initial of the last, "Zoé D.". At most
 * `size` bytes with the NUL, cut between characters.
 *
 * The initial is the first letter as Belgians file the name, in capitals: particles count ("de
 * Ridder" D., "Van den Broeck" V., "D'Hondt" D., "O'Neill" O.), the clipped article does not
 * ("'t Kint" K., "'s Gravesande" G.). A last name without letters has none.
 */
void person_display_name(const struct person *person, char *out_name, size_t size);

/*
 * As people look for a name in a list, whatever its case and accents; "'t Kint" is filed under K,
 * as above. For strcmp; at most `size` bytes with the NUL.
 */
void person_file_name(const char *name, char *out_filed, size_t size);

/* First and last name as they are, or the one there is: "Zoé Delacroix"; "" where there is none. */
#define PERSON_FULL_NAME_BYTES 192
void person_full_name(const struct person *person, char out_name[PERSON_FULL_NAME_BYTES]);

/*
 * Is this what a list calls them: their member number, or their first and last name, without regard
 * to case and accents? Nobody is called "".
 */
bool person_is_called(const struct person *person, const char *called);

/* The person's language, or `otherwise` where none is set. */
enum language person_language(const struct person *person, enum language otherwise);

#endif
