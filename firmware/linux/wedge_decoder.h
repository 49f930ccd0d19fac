/*
 * wedge_decoder.h - what a reader that types as a keyboard has typed: key codes in, badges out.
 *
 * Key codes (USB HID usage tables, chapter 10; linux/input-event-codes.h), never characters: so a
 * French or Belgian layout changes nothing. Taken are the digits of both blocks, A to F, and Enter
 * or Tab at the end; shift and the locks are passed over, any other key spoils the message. Some
 * readers send no Enter: then 100 ms without a key end it.
 *
 * What a message can mean, by its length:
 *
 *   13 digits                      "ean:" EAN-13; with a wrong check digit it is dropped (GS1
 *                                  General Specifications, 7.9)
 *   8 to 10 digits                 "num:" with leading zeros to 10: readers that type decimals drop
 *                                  them. Eight digits could be a 4-byte UID in hex too, but such a
 *                                  reader types letters for 97 of 100 cards, so it is seen at once
 *   11 or 12 digits                "num:" as typed
 *   8, 14, 20, with letters        "uid:" hex of 4, 7 or 10 bytes, in the order typed
 *   14 or 20, digits only          "uid:" as well: no decimal writing has these lengths
 *
 * Everything else is dropped. Pure: it has no clock but that of the events. One thread at a time.
 */
#ifndef FIRMWARE_LINUX_WEDGE_DECODER_H
#define FIRMWARE_LINUX_WEDGE_DECODER_H

#include <linux/input.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"
#include "firmware/port/reader.h"

#define WEDGE_GAP_MS 100
#define WEDGE_TYPED_MAX 20

struct wedge_decoder {
    char typed[WEDGE_TYPED_MAX + 1];
    size_t count;
    bool is_spoilt; /* too long, or a key that belongs into no badge */
    int64_t key_us; /* when the last key came, by its own stamp */
};

struct wedge_badge {
    char text[2 * READER_BADGE_TEXT]; /* never longer than READER_BADGE_TEXT */
};

void wedge_decoder_init(struct wedge_decoder *decoder);

/* Has something been typed that waits for its end? */
bool wedge_decoder_is_waiting(const struct wedge_decoder *decoder);

/*
 * Takes one event. RC_OK: a badge is complete. RC_EMPTY: not yet. RC_BAD_INPUT: a message ended
 * that is no badge, and is dropped. A gap before this key ends the message before it.
 */
enum rc wedge_decoder_take(struct wedge_decoder *decoder, const struct input_event *event,
                           struct wedge_badge *out_badge) MUST_CHECK;

/* No key for WEDGE_GAP_MS: what was typed is whole. Results as above. */
enum rc wedge_decoder_end(struct wedge_decoder *decoder, struct wedge_badge *out_badge) MUST_CHECK;

#endif
