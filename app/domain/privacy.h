/*
 * privacy.h - how a house counts and how long it remembers: per kind of occasion by name, by
 * pseudonym or only as a number, and after how long names and visits become sums. Pure; any thread.
 */
#ifndef APP_DOMAIN_PRIVACY_H
#define APP_DOMAIN_PRIVACY_H

#include <stdint.h>

#include "app/domain/occasion.h"
#include "app/domain/person.h"

enum privacy_count {
    PRIVACY_NAME,
    /* whoever takes the register out sees one word for one person, and no name */
    PRIVACY_PSEUDONYM,
    PRIVACY_NUMBER /* once the day is over only how many is left, in the journal as well */
};

#define PRIVACY_DAYS_MAX 3650
#define PRIVACY_MONTHS_MAX 120

struct privacy {
    enum privacy_count count[OCCASION_COUNT];
    int guest_days;   /* after so long nobody knows what guests were called; 0: kept */
    int visit_months; /* after so many whole months visits are sums; 0: kept */
};

/* Everything by name, guests 30 days, visits 24 months. */
struct privacy privacy_default(void);

/* How somebody at an occasion of that kind is counted; by name where there is no `privacy`. */
enum privacy_count privacy_count_of(const struct privacy *privacy, enum occasion_kind kind);

/* Hours of a visit and of the shift they went to, counted as the stricter of both is. */
enum privacy_count privacy_count_of_hours(const struct privacy *privacy, enum occasion_kind visit,
                                          enum occasion_kind shift);

/* Is any kind counted by pseudonym or by number? */
bool privacy_hides_any(const struct privacy *privacy);

#define PRIVACY_PSEUDONYM_BYTES 16

/*
 * A word for a person that says nothing about them ("P-7K3M9QWTXD"): the same in every export of
 * the house, another one in another house. `key` is the venue's, HASH_KEY_BYTES.
 */
void privacy_pseudonym(const uint8_t *key, struct fact_id person,
                       char out_text[PRIVACY_PSEUDONYM_BYTES]);

enum privacy_row { PRIVACY_OF_VISIT, PRIVACY_OF_HOURS };

#define PRIVACY_ROW_BYTES 24

/*
 * The same for a visit ("V-7K3M9QWTXD4FGHJL"), and for what it gave ("H-..."), which doesn't say of
 * which visit. So long that no two visits of a house share one.
 */
void privacy_row_pseudonym(const uint8_t *key, enum privacy_row row, struct fact_id visit,
                           char out_text[PRIVACY_ROW_BYTES]);

#endif
