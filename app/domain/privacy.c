#include "app/domain/privacy.h"

#include <string.h>

#include "firmware/base/hash.h"

/* Neither vowels, so that no word comes out, nor any of what is taken for another: 0 1 2 5 6 8 B S
 * Y Z. */
#define LETTERS "3479CDFGHJKLMNPQRTVWX"

/* In a house of 100 000 people two share a word once in 3 000 houses. */
#define LETTER_COUNT 10

struct privacy privacy_default(void)
{
    return (struct privacy){.guest_days = 30, .visit_months = 24};
}

enum privacy_count privacy_count_of(const struct privacy *privacy, enum occasion_kind kind)
{
    return privacy ? privacy->count[kind] : PRIVACY_NAME;
}

enum privacy_count privacy_count_of_hours(const struct privacy *privacy, enum occasion_kind visit,
                                          enum occasion_kind shift)
{
    enum privacy_count of_visit = privacy_count_of(privacy, visit);
    enum privacy_count of_shift = privacy_count_of(privacy, shift);
    return of_visit > of_shift ? of_visit : of_shift;
}

static uint8_t *put_number(uint8_t *at, int64_t number)
{
    for (int i = 0; i < 8; i++)
        *at++ = (uint8_t)((uint64_t)number >> (8 * i));
    return at;
}

void privacy_pseudonym(const uint8_t *key, struct fact_id person,
                       char out_text[PRIVACY_PSEUDONYM_BYTES])
{
    static const char purpose[] = "perron pseudonym";
    uint8_t id[16], hash[HASH_BYTES];
    _Static_assert(2 + LETTER_COUNT < PRIVACY_PSEUDONYM_BYTES, "P, a dash and the letters");
    _Static_assert(3 * LETTER_COUNT <= HASH_BYTES, "three bytes for each letter");
    put_number(put_number(id, person.station), person.seq);
    const struct hash_part parts[] = {{purpose, sizeof purpose - 1}, {id, sizeof id}};
    hash_parts(key, parts, 2, hash, sizeof hash);
    memcpy(out_text, "P-", 2);
    for (int i = 0; i < LETTER_COUNT; i++) {
        const uint8_t *at = &hash[(ptrdiff_t)3 * i];
        out_text[2 + i] = LETTERS[(at[0] | at[1] << 8 | at[2] << 16) % (int)strlen(LETTERS)];
    }
    out_text[2 + LETTER_COUNT] = 0;
}
