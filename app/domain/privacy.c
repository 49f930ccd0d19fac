#include "app/domain/privacy.h"

#include <string.h>

#include "firmware/base/hash.h"

/* Neither vowels, so that no word comes out, nor any of what is taken for another: 0 1 2 5 6 8 B S
 * Y Z. */
#define LETTERS "3479CDFGHJKLMNPQRTVWX"

/* In a house of 100 000 people two share a word once in 3 000 houses. */
#define LETTER_COUNT 10

/* Two of ten million visits once in ten million houses. */
#define ROW_LETTER_COUNT 16

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

bool privacy_hides_any(const struct privacy *privacy)
{
    for (int kind = 0; privacy && kind < OCCASION_COUNT; kind++)
        if (privacy->count[kind] != PRIVACY_NAME)
            return true;
    return false;
}

static uint8_t *put_number(uint8_t *at, int64_t number)
{
    for (int i = 0; i < 8; i++)
        *at++ = (uint8_t)((uint64_t)number >> (8 * i));
    return at;
}

/* `count` letters behind "P-"; each from `bytes` bytes of the hash. */
static void write_word(const uint8_t *key, const char *purpose, struct fact_id of, char begin,
                       int count, int bytes, char *out_text)
{
    uint8_t id[16], hash[HASH_BYTES];
    put_number(put_number(id, of.station), of.seq);
    const struct hash_part parts[] = {{purpose, strlen(purpose)}, {id, sizeof id}};
    hash_parts(key, parts, 2, hash, sizeof hash);
    *out_text++ = begin;
    *out_text++ = '-';
    for (int i = 0; i < count; i++) {
        int value = 0;
        for (int j = 0; j < bytes; j++)
            value |= hash[bytes * i + j] << (8 * j);
        *out_text++ = LETTERS[value % (int)strlen(LETTERS)];
    }
    *out_text = 0;
}

void privacy_pseudonym(const uint8_t *key, struct fact_id person,
                       char out_text[PRIVACY_PSEUDONYM_BYTES])
{
    _Static_assert(2 + LETTER_COUNT < PRIVACY_PSEUDONYM_BYTES, "P, a dash and the letters");
    _Static_assert(3 * LETTER_COUNT <= HASH_BYTES, "three bytes for each letter");
    write_word(key, "perron pseudonym", person, 'P', LETTER_COUNT, 3, out_text);
}

void privacy_row_pseudonym(const uint8_t *key, enum privacy_row row, struct fact_id visit,
                           char out_text[PRIVACY_ROW_BYTES])
{
    static const struct {
        const char *purpose;
        char begin;
    } rows[] = {
        [PRIVACY_OF_VISIT] = {"perron visit", 'V'}, [PRIVACY_OF_HOURS] = {"perron hours", 'H'}};
    _Static_assert(2 + ROW_LETTER_COUNT < PRIVACY_ROW_BYTES, "a letter, a dash and the letters");
    _Static_assert(2 * ROW_LETTER_COUNT <= HASH_BYTES, "two bytes for each letter");
    write_word(key, rows[row].purpose, visit, rows[row].begin, ROW_LETTER_COUNT, 2, out_text);
}
