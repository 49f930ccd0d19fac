#include "tests/support/pn532_card.h"

#include <assert.h>
#include <string.h>

#define CASCADE_TAG 0x88

static void append(struct pn532_message *message, const void *bytes, size_t length)
{
    assert(message->length + length <= sizeof message->bytes);
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

/* Serial number with its check bytes, lock bytes, capability container, an empty NDEF message. */
static void write_ntag213(struct pn532_card *card)
{
    const uint8_t *uid = card->uid;
    const uint8_t first[5][4] = {
        {uid[0], uid[1], uid[2], (uint8_t)(CASCADE_TAG ^ uid[0] ^ uid[1] ^ uid[2])},
        {uid[3], uid[4], uid[5], uid[6]},
        {(uint8_t)(uid[3] ^ uid[4] ^ uid[5] ^ uid[6]), 0x48, 0x00, 0x00},
        {0xe1, 0x10, 0x12, 0x00},
        {0x03, 0x00, 0xfe, 0x00},
    };
    memcpy(card->pages, first, sizeof first);
}

void pn532_card_init(struct pn532_card *card, const uint8_t *uid, size_t uid_length)
{
    assert(uid_length == 4 || uid_length == 7 || uid_length == 10);
    memset(card, 0, sizeof *card);
    memcpy(card->uid, uid, uid_length);
    card->uid_length = uid_length;
    if (uid_length == 7)
        write_ntag213(card);
}

bool pn532_card_hears_request(struct pn532_card *card)
{
    if (!card->uid_length || card->state == PN532_CARD_HALTED)
        return false;
    bool is_idle = card->state == PN532_CARD_IDLE;
    card->state = PN532_CARD_IDLE;
    return is_idle;
}

bool pn532_card_is(const struct pn532_card *card, const uint8_t *wanted, size_t length)
{
    uint8_t plain[12];
    size_t used = 0;
    for (size_t i = 0; i < length && used < sizeof plain; i++)
        if (wanted[i] != CASCADE_TAG || i % 4 != 0 || length < 8)
            plain[used++] = wanted[i];
    return used == card->uid_length && memcmp(plain, card->uid, used) == 0;
}

void pn532_card_describe(const struct pn532_card *card, bool with_ats,
                         struct pn532_message *message)
{
    static const uint8_t heads[3][4] = {
        {1, 0x00, 0x04, 0x08}, {1, 0x00, 0x44, 0x00}, {1, 0x00, 0x84, 0x20}};
    static const uint8_t ats[] = {0x06, 0x75, 0x77, 0x81, 0x02, 0x80};
    const uint8_t *head = heads[(card->uid_length - 4) / 3];
    uint8_t length = (uint8_t)card->uid_length;
    append(message, head, 4);
    append(message, &length, 1);
    append(message, card->uid, card->uid_length);
    if (with_ats && head[3] & 0x20)
        append(message, ats, sizeof ats);
}

/* Pages wrap around at the end (NTAG21x data sheet, 10.2). */
static void append_pages(const struct pn532_card *card, size_t first, size_t count,
                         struct pn532_message *message)
{
    for (size_t i = 0; i < count; i++)
        append(message, card->pages[(first + i) % PN532_CARD_PAGES], 4);
}

bool pn532_card_answer(struct pn532_card *card, const uint8_t *command, size_t length,
                       struct pn532_message *message)
{
    static const uint8_t version[] = {0x00, 0x04, 0x04, 0x02, 0x01, 0x00, 0x0f, 0x03};
    if (card->uid_length != 7 || length == 0)
        return false;
    if (length == 1 && command[0] == 0x60)
        append(message, version, sizeof version);
    else if (length == 2 && command[0] == 0x30 && command[1] < PN532_CARD_PAGES)
        append_pages(card, command[1], 4, message);
    else if (length == 3 && command[0] == 0x3a && command[1] <= command[2] &&
             command[2] < PN532_CARD_PAGES)
        append_pages(card, command[1], command[2] - command[1] + 1u, message);
    else if (length == 6 && command[0] == 0xa2 && command[1] >= 4 && command[1] < PN532_CARD_PAGES)
        memcpy(card->pages[command[1]], command + 2, 4);
    else
        return false;
    return true;
}
