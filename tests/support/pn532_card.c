#include "tests/support/pn532_card.h"

#include <string.h>

void pn532_card_init(struct pn532_card *out_card, const uint8_t *uid, size_t length)
{
    struct pn532_card card = {.uid_length = length};
    memcpy(card.uid, uid, length);
    if (length == 7) { /* serial number and its check bytes, lock bytes, capability container */
        const uint8_t head[16] = {uid[0],
                                  uid[1],
                                  uid[2],
                                  (uint8_t)(0x88 ^ uid[0] ^ uid[1] ^ uid[2]),
                                  uid[3],
                                  uid[4],
                                  uid[5],
                                  uid[6],
                                  (uint8_t)(uid[3] ^ uid[4] ^ uid[5] ^ uid[6]),
                                  0x48,
                                  0,
                                  0,
                                  0xe1,
                                  0x10,
                                  0x12,
                                  0};
        memcpy(card.pages, head, sizeof head);
    }
    *out_card = card;
}

bool pn532_card_hears(struct pn532_card *card)
{
    card->is_active = !card->is_active;
    return card->is_active;
}

bool pn532_card_is(const struct pn532_card *card, const uint8_t *wanted, size_t length)
{
    if (length == card->uid_length + 1 && wanted[0] == 0x88) {
        wanted++;
        length--;
    }
    return length == card->uid_length && memcmp(wanted, card->uid, length) == 0;
}

size_t pn532_card_describe(const struct pn532_card *card, bool is_rats, uint8_t *out)
{
    static const uint8_t atqa[] = {0x04, 0x44, 0x84}; /* by cascade levels */
    (void)is_rats;
    out[0] = 1;
    out[1] = 0;
    out[2] = atqa[(card->uid_length - 4) / 3];
    out[3] = card->uid_length == 4 ? 0x08 : 0x00;
    out[4] = (uint8_t)card->uid_length;
    memcpy(out + 5, card->uid, card->uid_length);
    return 5 + card->uid_length;
}

static size_t read_pages(const struct pn532_card *card, unsigned first, unsigned count,
                         uint8_t *out)
{
    for (unsigned i = 0; i < count; i++)
        memcpy(out + 4 * i, card->pages[(first + i) % PN532_CARD_PAGES], 4);
    return 4 * count;
}

/* CRC_A (ISO/IEC 14443-3, annex B). */
static void crc_a(const uint8_t *data, size_t length, uint8_t *out)
{
    uint16_t crc = 0x6363;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)(data[i] ^ crc);
        byte = (uint8_t)(byte ^ byte << 4);
        crc = (uint16_t)(crc >> 8 ^ byte << 8 ^ byte << 3 ^ byte >> 4);
    }
    out[0] = (uint8_t)crc;
    out[1] = (uint8_t)(crc >> 8);
}

/* The answer of an NTAG213 without status and checksum; 0 bytes: it stays silent. */
static size_t ntag_answer(const struct pn532_card *card, const uint8_t *data, size_t length,
                          uint8_t *out)
{
    static const uint8_t version[] = {0x00, 0x04, 0x04, 0x02, 0x01, 0x00, 0x0f, 0x03};
    if (length == 2 && data[0] == 0x30 && data[1] < PN532_CARD_PAGES)
        return read_pages(card, data[1], 4, out);
    if (length == 3 && data[0] == 0x3a && data[1] <= data[2] && data[2] < PN532_CARD_PAGES)
        return read_pages(card, data[1], data[2] - data[1] + 1u, out);
    if (length == 1 && data[0] == 0x60) {
        memcpy(out, version, sizeof version);
        return sizeof version;
    }
    return 0;
}

size_t pn532_card_answer(const struct pn532_card *card, const uint8_t *data, size_t length,
                         uint8_t *out)
{
    uint8_t crc[2];
    /* A host that does the checksum itself sends one, and gets one back. */
    bool has_crc = length > 2;
    if (has_crc) {
        crc_a(data, length - 2, crc);
        has_crc = memcmp(crc, data + length - 2, sizeof crc) == 0;
    }
    size_t used = card->uid_length == 7
                      ? ntag_answer(card, data, has_crc ? length - 2 : length, out + 1)
                      : 0;
    out[0] = used ? 0 : 1; /* 01: no answer in time */
    if (used && has_crc) {
        crc_a(out + 1, used, out + 1 + used);
        used += 2;
    }
    return 1 + used;
}
