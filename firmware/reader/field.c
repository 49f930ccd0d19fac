#include "firmware/reader/field.h"

#include <string.h>

#define EMPTY_LOOKS_MAX 2  /* then all have gone */
#define UNSEEN_LOOKS_MAX 8 /* while others are seen: then this one has gone */

static bool is_same(const struct field_uid *a, const struct field_uid *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* The place of the card, or else a free one, or else the one unseen for longest. */
static int place_of(const struct field *field, const struct field_uid *uid)
{
    int place = 0;
    for (int i = 0; i < FIELD_CARDS_MAX; i++)
        if (field->cards[i].uid.length && is_same(&field->cards[i].uid, uid))
            return i;
    for (int i = 0; i < FIELD_CARDS_MAX; i++) {
        if (!field->cards[i].uid.length)
            return i;
        if (field->cards[i].looks_ago > field->cards[place].looks_ago)
            place = i;
    }
    return place;
}

static void age(struct field *field)
{
    for (int i = 0; i < FIELD_CARDS_MAX; i++)
        if (++field->cards[i].looks_ago > UNSEEN_LOOKS_MAX)
            field->cards[i].uid.length = 0;
}

enum field_news field_see(struct field *field, const struct field_uid *uid)
{
    enum field_news news = FIELD_SAME;
    age(field);
    int place = place_of(field, uid);
    if (!field->cards[place].uid.length || !is_same(&field->cards[place].uid, uid)) {
        news = field->is_taken ? FIELD_GONE | FIELD_NEW : FIELD_NEW;
        field->cards[place].uid = *uid;
        field->is_taken = true;
    }
    field->cards[place].looks_ago = 0;
    field->empty_looks = 0;
    return news;
}

enum field_news field_miss(struct field *field)
{
    return ++field->empty_looks < EMPTY_LOOKS_MAX ? FIELD_SAME : field_forget(field);
}

enum field_news field_forget(struct field *field)
{
    enum field_news news = field->is_taken ? FIELD_GONE : FIELD_SAME;
    memset(field, 0, sizeof *field);
    return news;
}
