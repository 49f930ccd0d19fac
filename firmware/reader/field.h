/*
 * field.h - which cards lie on the reader, and what of that is news.
 *
 * A look finds one card or none. Two empty looks in a row mean that all have gone: a card that was
 * just selected takes the next request for noise (ISO/IEC 14443-3, 6.4), so one is nothing. With
 * two cards in a purse the looks find them in turn; each is news once, not at every look. Pure.
 */
#ifndef FIRMWARE_READER_FIELD_H
#define FIRMWARE_READER_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/port/reader_line.h"

#define FIELD_CARDS_MAX 4

struct field_uid {
    uint8_t bytes[READER_LINE_UID_MAX];
    size_t length;
};

struct field {
    struct {
        struct field_uid uid; /* length 0: free */
        unsigned looks_ago;
    } cards[FIELD_CARDS_MAX];
    unsigned empty_looks;
    bool is_taken; /* a tag was said, and no gone since */
};

/* Bits: what is to be said, in this order. */
enum field_news { FIELD_SAME = 0, FIELD_GONE = 1, FIELD_NEW = 2 };

/* A look found this card. */
enum field_news field_see(struct field *field, const struct field_uid *uid);

/* A look found none. */
enum field_news field_miss(struct field *field);

/* Nobody knows any more what lies there. */
enum field_news field_forget(struct field *field);

#endif
