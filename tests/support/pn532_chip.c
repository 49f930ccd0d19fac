#include "tests/support/pn532_chip.h"

#include <assert.h>
#include <string.h>

#define TYPE_A_106 0x00 /* BrTy of InListPassiveTarget */
#define TYPE_B_106 0x03
#define FOR_EVER 0xff
#define TX_MODE 0x02 /* low bytes of registers 0x63xx */
#define RX_MODE 0x03
#define CRC_ON 0x80
#define CARD_SILENT 0x01 /* status: time-out */

/* Models, to be checked on a real chip: one look into an empty field, one card by its UID. */
#define LOOK_US 5000
#define UID_US 2300
#define CASCADE_US 2100
#define ATS_US 3000
#define SLOT_US 150000 /* InAutoPoll's unit of time, UM0701-02, 7.3.13 */
#define IDLE_LOOK_US 2000

static void append(struct pn532_answer *answer, const void *bytes, size_t length)
{
    struct pn532_message *message = &answer->message;
    assert(message->length + length <= sizeof message->bytes);
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

static void append_byte(struct pn532_answer *answer, uint8_t byte)
{
    append(answer, &byte, 1);
}

/* --- the cards in the field --- */

static void drop_field(struct pn532_chip *chip)
{
    for (int i = 0; i < PN532_CARDS_MAX; i++)
        chip->cards[i].state = PN532_CARD_IDLE;
}

static struct pn532_card *active_card(struct pn532_chip *chip)
{
    for (int i = 0; i < PN532_CARDS_MAX; i++)
        if (chip->cards[i].uid_length && chip->cards[i].state == PN532_CARD_ACTIVE)
            return &chip->cards[i];
    return NULL;
}

/* One request and the anticollision after it: of those that answer, the smallest UID is chosen. */
static struct pn532_card *select_card(struct pn532_chip *chip)
{
    struct pn532_card *chosen = NULL;
    for (int i = 0; i < PN532_CARDS_MAX; i++) {
        struct pn532_card *card = &chip->cards[i];
        if (!pn532_card_hears_request(card))
            continue;
        if (!chosen || memcmp(card->uid, chosen->uid, sizeof card->uid) < 0)
            chosen = card;
    }
    if (chosen)
        chosen->state = PN532_CARD_ACTIVE;
    return chosen;
}

static void tell_card(const struct pn532_chip *chip, const struct pn532_card *card,
                      struct pn532_answer *answer)
{
    pn532_card_describe(card, chip->wants_ats, &answer->message);
    answer->has_uid = true;
    answer->radio_us = UID_US + (int64_t)(card->uid_length - 4) / 3 * CASCADE_US;
    if (chip->wants_ats && card->uid_length == 10)
        answer->radio_us += ATS_US;
}

/* --- plain commands --- */

static enum pn532_outcome say_nothing(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                      struct pn532_answer *answer)
{
    (void)chip, (void)data, (void)length, (void)answer;
    return PN532_ANSWERED;
}

static enum pn532_outcome diagnose(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                   struct pn532_answer *answer)
{
    (void)chip;
    append(answer, data, length);
    return PN532_ANSWERED;
}

static enum pn532_outcome tell_firmware(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                        struct pn532_answer *answer)
{
    static const uint8_t version_1_6[] = {0x32, 0x01, 0x06, 0x07};
    (void)chip, (void)data, (void)length;
    append(answer, version_1_6, sizeof version_1_6);
    return PN532_ANSWERED;
}

static enum pn532_outcome read_registers(struct pn532_chip *chip, const uint8_t *data,
                                         size_t length, struct pn532_answer *answer)
{
    for (size_t i = 0; i + 1 < length; i += 2)
        append_byte(answer, data[i] == 0x63 ? chip->registers[data[i + 1]] : 0);
    return PN532_ANSWERED;
}

static enum pn532_outcome write_registers(struct pn532_chip *chip, const uint8_t *data,
                                          size_t length, struct pn532_answer *answer)
{
    (void)answer;
    for (size_t i = 0; i + 2 < length; i += 3)
        if (data[i] == 0x63)
            chip->registers[data[i + 1]] = data[i + 2];
    return PN532_ANSWERED;
}

static enum pn532_outcome set_parameters(struct pn532_chip *chip, const uint8_t *data,
                                         size_t length, struct pn532_answer *answer)
{
    (void)answer;
    chip->wants_ats = length > 0 && data[0] & 0x10; /* fAutomaticRATS */
    return PN532_ANSWERED;
}

static enum pn532_outcome configure_radio(struct pn532_chip *chip, const uint8_t *data,
                                          size_t length, struct pn532_answer *answer)
{
    (void)answer;
    if (length == 2 && data[0] == 0x01 && !(data[1] & 1))
        drop_field(chip);
    if (length == 4 && data[0] == 0x05)
        chip->tries = data[3];
    return PN532_ANSWERED;
}

static enum pn532_outcome power_down(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                     struct pn532_answer *answer)
{
    (void)data, (void)length;
    chip->is_awake = false;
    drop_field(chip);
    append_byte(answer, 0);
    return PN532_ANSWERED;
}

/* InDeselect and InRelease: the card is halted and hears no request until the field was off. */
static enum pn532_outcome release(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                  struct pn532_answer *answer)
{
    (void)data, (void)length;
    struct pn532_card *card = active_card(chip);
    if (card)
        card->state = PN532_CARD_HALTED;
    append_byte(answer, 0);
    return PN532_ANSWERED;
}

/* --- talking to a card --- */

/* CRC_A of ISO/IEC 14443-3, annex B. */
static void append_crc(struct pn532_answer *answer, size_t first)
{
    uint16_t crc = 0x6363;
    for (size_t i = first; i < answer->message.length; i++) {
        uint8_t bits = (uint8_t)(answer->message.bytes[i] ^ (crc & 0xff));
        bits = (uint8_t)(bits ^ bits << 4);
        crc = (uint16_t)(crc >> 8 ^ bits << 8 ^ bits << 3 ^ bits >> 4);
    }
    append_byte(answer, (uint8_t)crc);
    append_byte(answer, (uint8_t)(crc >> 8));
}

static enum pn532_outcome talk(struct pn532_chip *chip, const uint8_t *data, size_t length,
                               struct pn532_answer *answer)
{
    struct pn532_card *card = active_card(chip);
    size_t status_at = answer->message.length;
    append_byte(answer, 0);
    if (!card || !pn532_card_answer(card, data, length, &answer->message))
        answer->message.bytes[status_at] = CARD_SILENT;
    return PN532_ANSWERED;
}

static enum pn532_outcome exchange_data(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                        struct pn532_answer *answer)
{
    return length ? talk(chip, data + 1, length - 1, answer) : PN532_UNKNOWN;
}

/* Raw: the chip adds and takes off the checksum only where the registers say so. */
static enum pn532_outcome communicate_thru(struct pn532_chip *chip, const uint8_t *data,
                                           size_t length, struct pn532_answer *answer)
{
    size_t first = answer->message.length + 1;
    if (!(chip->registers[TX_MODE] & CRC_ON))
        length = length > 2 ? length - 2 : 0;
    enum pn532_outcome outcome = talk(chip, data, length, answer);
    if (answer->message.length > first && !(chip->registers[RX_MODE] & CRC_ON))
        append_crc(answer, first);
    return outcome;
}

/* --- looking for cards --- */

static enum pn532_outcome search(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                 struct pn532_answer *answer)
{
    (void)answer;
    if (length < 2)
        return PN532_UNKNOWN;
    chip->search.slot = 0;
    chip->search.tries_left = chip->tries == FOR_EVER ? -1 : chip->tries + 1;
    if (data[1] == TYPE_B_106) /* nfc-list looks at what such a search leaves behind */
        chip->registers[TX_MODE] = chip->registers[RX_MODE] = 0x83;
    if (data[1] != TYPE_A_106 && chip->search.tries_left > 1)
        chip->search.tries_left = 1;
    return PN532_SEARCHING;
}

static enum pn532_outcome auto_poll(struct pn532_chip *chip, const uint8_t *data, size_t length,
                                    struct pn532_answer *answer)
{
    (void)answer;
    if (length < 3)
        return PN532_UNKNOWN;
    chip->search.slot = 0;
    chip->search.tries_left = data[0] == FOR_EVER ? -1 : data[0] * (int)(length - 2);
    return PN532_SEARCHING;
}

static bool step_list(struct pn532_chip *chip, const struct pn532_message *command,
                      struct pn532_answer *answer)
{
    const uint8_t *wanted = command->bytes + 3;
    size_t wanted_length = command->length - 3;
    struct pn532_card *card = command->bytes[2] == TYPE_A_106 ? select_card(chip) : NULL;
    if (!card || (wanted_length && !pn532_card_is(card, wanted, wanted_length)))
        return false;
    append_byte(answer, 1);
    tell_card(chip, card, answer);
    return true;
}

/* One slot looks for one type of card: 0x20 is ISO 14443-4, 0x10 the rest of type A. */
static bool step_auto_poll(struct pn532_chip *chip, const struct pn532_message *command,
                           struct pn532_answer *answer)
{
    uint8_t type = command->bytes[3 + chip->search.slot++ % (command->length - 3)];
    struct pn532_card *card = type == 0x10 || type == 0x20 ? select_card(chip) : NULL;
    if (!card)
        return false;
    if ((card->uid_length == 10) != (type == 0x20)) {
        card->state = PN532_CARD_IDLE;
        return false;
    }
    append_byte(answer, 1);
    append_byte(answer, type);
    size_t length_at = answer->message.length;
    append_byte(answer, 0);
    tell_card(chip, card, answer);
    answer->message.bytes[length_at] = (uint8_t)(answer->message.length - length_at - 1);
    return true;
}

static int64_t look_us(const struct pn532_chip *chip)
{
    const struct pn532_message *command = &chip->search.command;
    if (chip->is_paced)
        return command->bytes[0] == 0x60 ? command->bytes[2] * SLOT_US : LOOK_US;
    return chip->search.tries_left < 0 || command->bytes[0] == 0x60 ? IDLE_LOOK_US : 0;
}

enum pn532_outcome pn532_chip_step(struct pn532_chip *chip, struct pn532_answer *out_answer)
{
    struct pn532_search *going = &chip->search;
    struct pn532_answer answer = {.message.length = 0};
    bool is_list = going->command.bytes[0] == 0x4a;
    append_byte(&answer, (uint8_t)(going->command.bytes[0] + 1));
    if (going->tries_left == 0)
        append_byte(&answer, 0);
    else if (is_list ? !step_list(chip, &going->command, &answer)
                     : !step_auto_poll(chip, &going->command, &answer)) {
        going->tries_left -= going->tries_left > 0;
        going->due_us += look_us(chip);
        return PN532_SEARCHING;
    }
    pn532_chip_cancel(chip);
    *out_answer = answer;
    return PN532_ANSWERED;
}

/* --- the table of commands --- */

static const struct {
    uint8_t code;
    enum pn532_outcome (*run)(struct pn532_chip *chip, const uint8_t *data, size_t length,
                              struct pn532_answer *answer);
} commands[] = {
    {0x00, diagnose},         {0x02, tell_firmware},   {0x06, read_registers},
    {0x08, write_registers},  {0x12, set_parameters},  {0x14, say_nothing}, /* SAMConfiguration */
    {0x16, power_down},       {0x32, configure_radio}, {0x40, exchange_data},
    {0x42, communicate_thru}, {0x44, release}, /* InDeselect */
    {0x4a, search},                            /* InListPassiveTarget */
    {0x52, release},                           /* InRelease */
    {0x60, auto_poll},
};

enum pn532_outcome pn532_chip_command(struct pn532_chip *chip, const struct pn532_message *command,
                                      int64_t now_us, struct pn532_answer *out_answer)
{
    struct pn532_answer answer = {.message.length = 0};
    enum pn532_outcome outcome = PN532_UNKNOWN;
    pn532_chip_cancel(chip);
    append_byte(&answer, (uint8_t)(command->bytes[0] + 1));
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (commands[i].code == command->bytes[0])
            outcome = commands[i].run(chip, command->bytes + 1, command->length - 1, &answer);
    if (outcome == PN532_SEARCHING) {
        chip->search.command = *command;
        chip->search.due_us = now_us;
    }
    *out_answer = answer;
    return outcome;
}

void pn532_chip_cancel(struct pn532_chip *chip)
{
    chip->search.command.length = 0;
}

void pn532_chip_reset(struct pn532_chip *chip)
{
    chip->is_awake = false;
    chip->wants_ats = false;
    chip->tries = FOR_EVER;
    memset(chip->registers, 0, sizeof chip->registers);
    pn532_chip_cancel(chip);
    drop_field(chip);
}
