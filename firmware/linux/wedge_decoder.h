/*
 * wedge_decoder.h - what a reader that types has typed, from key codes.
 *
 * Codes and not characters, so a Belgian or an American layout reads the same (Linux
 * input-event-codes). A number ends with Enter or with a pause of WEDGE_GAP_MS. Understood are:
 *
 *   13 digits with a right check digit (GS1)         ean:2410000001613
 *   8 to 10 digits, a 125 kHz tag in decimal         num:0012345678, with zeros in front
 *   8, 14 or 20 hex digits, at least one a letter    uid:04A1B2C3
 *   14 or 20 digits                                  uid:...
 *
 * Anything else is dropped: half a number must not become somebody else's. Pure; one thread.
 */
#ifndef FIRMWARE_LINUX_WEDGE_DECODER_H
#define FIRMWARE_LINUX_WEDGE_DECODER_H

#include <stdbool.h>
#include <stdint.h>

#define WEDGE_GAP_MS 100
#define WEDGE_TYPED_MAX 24
#define WEDGE_TEXT_BYTES 32

struct wedge_decoder {
    char typed[WEDGE_TYPED_MAX + 1];
    int count;
    bool is_spoilt; /* a key that no number has, or too many */
    int64_t last_ms;
};

/* A key went down. True: a number ended and is in out_text (WEDGE_TEXT_BYTES). */
bool wedge_decoder_key(struct wedge_decoder *decoder, unsigned code, int64_t now_ms,
                       char *out_text);

/* Time passed. True: a pause ended a number. */
bool wedge_decoder_pause(struct wedge_decoder *decoder, int64_t now_ms, char *out_text);

#endif
