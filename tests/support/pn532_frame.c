#include "tests/support/pn532_frame.h"

#include <assert.h>
#include <string.h>

#define FROM_HOST 0xd4
#define TO_HOST 0xd5

const uint8_t pn532_frame_ack[6] = {0x00, 0x00, 0xff, 0x00, 0xff, 0x00};
const uint8_t pn532_frame_nack[6] = {0x00, 0x00, 0xff, 0xff, 0x00, 0x00};
const uint8_t pn532_frame_error[8] = {0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00};

static uint8_t sum(const uint8_t *bytes, size_t length)
{
    uint8_t total = 0;
    for (size_t i = 0; i < length; i++)
        total = (uint8_t)(total + bytes[i]);
    return total;
}

/* What follows a start code; `bytes` begin at the length byte. */
static enum pn532_piece take_body(const uint8_t *bytes, size_t length,
                                  struct pn532_message *out_command, size_t *out_used)
{
    *out_used = 0;
    if (length < 3)
        return PN532_PIECE_MORE;
    *out_used = 3;
    if (bytes[0] == 0x00 && bytes[1] == 0xff)
        return PN532_PIECE_ACK;
    size_t body = bytes[0];
    if (sum(bytes, 2) != 0 || body < 2)
        return PN532_PIECE_NOISE;
    *out_used = 0;
    if (length < 2 + body + 2)
        return PN532_PIECE_MORE;
    *out_used = 2 + body + 2;
    if (bytes[2] != FROM_HOST || sum(bytes + 2, body + 1) != 0)
        return PN532_PIECE_NOISE;
    out_command->length = body - 1;
    memcpy(out_command->bytes, bytes + 3, body - 1);
    return PN532_PIECE_COMMAND;
}

enum pn532_piece pn532_frame_take(const uint8_t *bytes, size_t length,
                                  struct pn532_message *out_command, size_t *out_used)
{
    size_t zeros = 0;
    *out_used = 0;
    if (length == 0)
        return PN532_PIECE_MORE;
    *out_used = 1;
    if (bytes[0] != 0x00)
        return bytes[0] == 0x55 ? PN532_PIECE_WAKE : PN532_PIECE_NOISE;
    while (zeros < length && bytes[zeros] == 0x00)
        zeros++;
    *out_used = zeros - 1; /* the last one may begin a frame */
    if (zeros == length)
        return zeros > 1 ? PN532_PIECE_NOISE : PN532_PIECE_MORE;
    *out_used = zeros;
    if (bytes[zeros] != 0xff)
        return PN532_PIECE_NOISE;
    size_t used;
    enum pn532_piece piece = take_body(bytes + zeros + 1, length - zeros - 1, out_command, &used);
    *out_used = piece == PN532_PIECE_MORE ? 0 : zeros + 1 + used;
    return piece;
}

size_t pn532_frame_answer(const struct pn532_message *answer, uint8_t *out_bytes)
{
    size_t body = answer->length + 1;
    assert(answer->length <= PN532_DATA_MAX);
    out_bytes[0] = 0x00;
    out_bytes[1] = 0x00;
    out_bytes[2] = 0xff;
    out_bytes[3] = (uint8_t)body;
    out_bytes[4] = (uint8_t)(0x100 - body);
    out_bytes[5] = TO_HOST;
    memcpy(out_bytes + 6, answer->bytes, answer->length);
    out_bytes[5 + body] = (uint8_t)(0x100 - sum(out_bytes + 5, body));
    out_bytes[6 + body] = 0x00;
    return 7 + body;
}
