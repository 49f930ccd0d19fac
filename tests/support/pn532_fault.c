#include "tests/support/pn532_fault.h"

#include <assert.h>
#include <string.h>

#define LIST_ANSWER 0x4b

static void replace(struct pn532_message *answer, const uint8_t *bytes, size_t length)
{
    memcpy(answer->bytes, bytes, length);
    answer->length = length;
}

/* --- messages that lie --- */

static void set_status_bit(struct pn532_message *answer)
{
    static const uint8_t with_status[] = {0x17, 0x41, 0x43, 0x45, 0x53, 0x55};
    static const uint8_t syntax_error[] = {0x7f};
    if (answer->bytes[0] == LIST_ANSWER)
        replace(answer, syntax_error, sizeof syntax_error);
    if (answer->length > 1 && memchr(with_status, answer->bytes[0], sizeof with_status))
        answer->bytes[1] |= 0x80;
}

static void make_ats_zero(struct pn532_message *answer)
{
    static const uint8_t card[] = {LIST_ANSWER, 1, 1, 0x03, 0x44, 0x20, 7, 4, 1, 2, 3, 4, 5, 6, 0};
    if (answer->bytes[0] == LIST_ANSWER)
        replace(answer, card, sizeof card);
}

static void make_uid_200(struct pn532_message *answer)
{
    uint8_t card[7 + 200] = {LIST_ANSWER, 1, 1, 0x00, 0x44, 0x00, 200, 4, 1, 2, 3, 4, 5, 6};
    if (answer->bytes[0] == LIST_ANSWER)
        replace(answer, card, sizeof card);
}

static void make_uid_zero(struct pn532_message *answer)
{
    static const uint8_t card[] = {LIST_ANSWER, 1, 1, 0x00, 0x44, 0x00, 0};
    if (answer->bytes[0] == LIST_ANSWER)
        replace(answer, card, sizeof card);
}

static void forget_name(struct pn532_message *answer)
{
    if (answer->bytes[0] == 0x03)
        answer->length = 0;
}

/* --- frames that are none --- */

static void spoil_sum(uint8_t *bytes, size_t *length)
{
    bytes[*length - 2] ^= 0x55;
}

static void cut_in_half(uint8_t *bytes, size_t *length)
{
    (void)bytes;
    *length /= 2;
}

static void put_noise(uint8_t *bytes, size_t *length)
{
    for (size_t i = 0; i < *length; i++)
        bytes[i] = (uint8_t)(0xa7 * (i + 1) ^ 0x5c);
}

static void put_error(uint8_t *bytes, size_t *length)
{
    memcpy(bytes, pn532_frame_error, sizeof pn532_frame_error);
    *length = sizeof pn532_frame_error;
}

static void put_nacks(uint8_t *bytes, size_t *length)
{
    for (*length = 0; *length < 40 * sizeof pn532_frame_nack; *length += sizeof pn532_frame_nack)
        memcpy(bytes + *length, pn532_frame_nack, sizeof pn532_frame_nack);
}

static void put_modem(uint8_t *bytes, size_t *length)
{
    static const char text[] = "\r\nERROR\r\n";
    *length = sizeof text - 1;
    memcpy(bytes, text, *length);
}

/* --- the table --- */

static const struct pn532_fault_row rows[] = {
    [PN532_WELL] = {.name = "well"},
    [PN532_SILENT] = {.name = "silent", .is_deaf = true},
    [PN532_NO_ACK] = {.name = "noack", .has_no_ack = true},
    [PN532_ACK_ONLY] = {.name = "noresp", .has_no_answer = true},
    [PN532_NACKS] = {.name = "nack", .has_no_ack = true, .spoil_frame = put_nacks},
    [PN532_BAD_SUM] = {.name = "badsum", .spoil_frame = spoil_sum},
    [PN532_GARBAGE] = {.name = "garbage", .has_no_ack = true, .spoil_frame = put_noise},
    [PN532_HALF] = {.name = "trunc", .spoil_frame = cut_in_half},
    [PN532_ERROR] = {.name = "errframe", .spoil_frame = put_error},
    [PN532_STATUS] = {.name = "status", .spoil_message = set_status_bit},
    [PN532_ATS_ZERO] = {.name = "ats0", .spoil_message = make_ats_zero},
    [PN532_UID_200] = {.name = "uid200", .spoil_message = make_uid_200},
    [PN532_UID_ZERO] = {.name = "uid0", .spoil_message = make_uid_zero},
    [PN532_NO_NAME] = {.name = "noname", .resets = true, .spoil_message = forget_name},
    [PN532_LATE] = {.name = "delay", .is_late = true},
    [PN532_TRICKLE] = {.name = "trickle", .gap_us = 200000},
    [PN532_OTHER] = {.name = "other", .has_no_ack = true, .spoil_frame = put_modem},
    [PN532_RESET] = {.name = "reset", .resets = true},
};

const struct pn532_fault_row *pn532_fault_row(enum pn532_fault fault)
{
    assert((unsigned)fault < PN532_FAULT_COUNT);
    return &rows[fault];
}

enum pn532_fault pn532_fault_find(const char *name)
{
    int fault = 0;
    while (fault < PN532_FAULT_COUNT && strcmp(rows[fault].name, name) != 0)
        fault++;
    return (enum pn532_fault)fault;
}
