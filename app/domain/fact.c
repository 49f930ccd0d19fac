#include "app/domain/fact.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fact_id_write(struct fact_id id, char out_text[FACT_ID_BYTES])
{
    snprintf(out_text, FACT_ID_BYTES, "%" PRIx64 "-%" PRId64, (uint64_t)id.station, id.seq);
}

bool fact_id_read(const char *text, struct fact_id *out_id)
{
    uint64_t station;
    struct fact_id id;
    char written[FACT_ID_BYTES];
    if (sscanf(text, "%15" SCNx64 "-%18" SCNd64, &station, &id.seq) != 2 || id.seq <= 0)
        return false;
    id.station = (int64_t)station;
    fact_id_write(id, written);
    if (strcmp(written, text) != 0)
        return false;
    *out_id = id;
    return true;
}

bool fact_id_is_none(struct fact_id id)
{
    return id.seq == 0;
}

bool fact_id_is_same(struct fact_id a, struct fact_id b)
{
    return a.station == b.station && a.seq == b.seq;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int fact_id_compare(struct fact_id a, struct fact_id b)
{
    int order = compare_numbers(a.station, b.station);
    return order ? order : compare_numbers(a.seq, b.seq);
}

const char *fact_kind_name(enum fact_kind kind)
{
    static const char *const names[] = {
        [FACT_STATION_BEGAN] = "station.began",
        [FACT_RULES_SET] = "rules.set",
        [FACT_CLOCK_SET] = "clock.set",
        [FACT_ORGANISATION_ADDED] = "organisation.added",
        [FACT_PERSON_ADDED] = "person.added",
        [FACT_PERSON_CHANGED] = "person.changed",
        [FACT_BADGE_GIVEN] = "badge.given",
        [FACT_BADGE_WITHDRAWN] = "badge.withdrawn",
        [FACT_TAP] = "tap",
        [FACT_PRESS] = "press",
        [FACT_UNDO] = "undo",
        [FACT_TAKE_BACK] = "take-back",
        [FACT_REFUSAL] = "refusal",
        [FACT_CLOSING] = "closing",
        [FACT_TOMBSTONE] = "tombstone",
        [FACT_ROLE_SET] = "role.set",
        [FACT_PIN_SET] = "pin.set",
        [FACT_PIN_TRIED] = "pin.tried",
        [FACT_CODE_SET] = "code.set",
        [FACT_CODE_MISSED] = "code.missed",
        [FACT_GUESTS] = "guests",
        [FACT_PROPOSAL] = "proposal",
        [FACT_CORRECTION] = "correction",
        [FACT_SETTING_SET] = "setting.set",
        [FACT_OCCASION_ADDED] = "occasion.added",
        [FACT_OCCASION_CHANGED] = "occasion.changed",
        [FACT_SIGN_UP] = "sign-up",
        [FACT_SIGN_UP_ENDED] = "sign-up.ended",
        [FACT_ATTENDANCE] = "attendance",
        [FACT_SHIFT_CLOSED] = "shift.closed",
        [FACT_PROPOSAL_ANSWERED] = "proposal.answered",
        [FACT_DEED] = "deed",
        [FACT_WELCOME] = "welcome",
        [FACT_BUDDY] = "buddy",
        [FACT_CONSENT] = "consent",
        [FACT_EXPORTED] = "exported",
    };
    if ((unsigned)kind >= sizeof names / sizeof names[0])
        return NULL;
    return names[kind];
}

enum fact_about fact_kind_about(enum fact_kind kind)
{
    switch (kind) {
    case FACT_OCCASION_ADDED:
    case FACT_OCCASION_CHANGED:
    case FACT_SHIFT_CLOSED: return FACT_ABOUT_OCCASION;
    case FACT_STATION_BEGAN:
    case FACT_RULES_SET:
    case FACT_CLOCK_SET:
    case FACT_ORGANISATION_ADDED:
    case FACT_CODE_MISSED:
    case FACT_SETTING_SET:
    case FACT_EXPORTED: return FACT_ABOUT_NOBODY;
    default: return FACT_ABOUT_PERSON;
    }
}

bool fact_kind_is_founding(enum fact_kind kind)
{
    return kind == FACT_PERSON_ADDED || kind == FACT_OCCASION_ADDED;
}

struct fact_place fact_place_of(const struct fact *fact)
{
    return (struct fact_place){fact->effective_ms, fact->id};
}

int fact_place_compare(struct fact_place a, struct fact_place b)
{
    int order = compare_numbers(a.at_ms, b.at_ms);
    return order ? order : fact_id_compare(a.fact, b.fact);
}

bool fact_span_has(const struct fact_span *span, struct fact_place place)
{
    return fact_place_compare(place, span->from) >= 0 && fact_place_compare(place, span->to) < 0;
}

int fact_compare(const void *a, const void *b)
{
    return fact_place_compare(fact_place_of(a), fact_place_of(b));
}

void fact_sort(struct fact *facts, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (fact_compare(&facts[i - 1], &facts[i]) > 0) {
            qsort(facts, count, sizeof *facts, fact_compare);
            return;
        }
}

void fact_hash_body(const struct fact *fact, uint8_t *out_hash)
{
    struct hash_part parts[] = {
        {fact->salt, sizeof fact->salt},
        {fact->body, fact->body_length},
    };
    hash_parts(NULL, parts, 2, out_hash, HASH_BYTES);
}

static uint8_t *put_number(uint8_t *at, int64_t number)
{
    for (int i = 0; i < 8; i++)
        *at++ = (uint8_t)((uint64_t)number >> (8 * i));
    return at;
}

void fact_hash(const struct fact *fact, const uint8_t *previous, const uint8_t *body_hash,
               uint8_t *out_hash)
{
    const int64_t numbers[] = {
        fact->id.station,       fact->id.seq,      fact->wall_ms,
        fact->mono_ms,          fact->trust,       fact->kind,
        fact->subject.station,  fact->subject.seq, fact->organisation.station,
        fact->organisation.seq, fact->rules_seq,
    };
    uint8_t header[8 * (sizeof numbers / sizeof numbers[0]) + CLOCK_BOOT_BYTES];
    uint8_t *at = header;
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        at = put_number(at, numbers[i]);
    memcpy(at, fact->boot, CLOCK_BOOT_BYTES);

    struct hash_part parts[] = {
        {previous, HASH_BYTES},
        {header, sizeof header},
        {body_hash, HASH_BYTES},
    };
    hash_parts(NULL, parts, 3, out_hash, HASH_BYTES);
}
