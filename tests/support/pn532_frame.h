/*
 * pn532_frame.h - the frames of a PN532: taking a stream of bytes apart, putting answers together.
 *
 * Source: PN532 user manual UM0701-02, 6.2.1 (normal information frame, ACK, NACK, error frame).
 * Extended frames are left out: libnfc 1.8.0 needs none for what we simulate. Pure; any thread.
 */
#ifndef TESTS_SUPPORT_PN532_FRAME_H
#define TESTS_SUPPORT_PN532_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define PN532_DATA_MAX 254  /* after the direction byte, in a normal frame */
#define PN532_FRAME_MAX 264 /* with everything around it */

enum pn532_piece {
    PN532_PIECE_MORE,    /* not yet whole: wait for more bytes */
    PN532_PIECE_WAKE,    /* 0x55, which wakes a sleeping chip */
    PN532_PIECE_ACK,     /* from the host: give up what you are doing */
    PN532_PIECE_COMMAND, /* a whole frame from the host, sums checked */
    PN532_PIECE_NOISE,   /* anything else */
};

/* A command or an answer: its code and what follows, without frame and direction. */
struct pn532_message {
    uint8_t bytes[PN532_DATA_MAX];
    size_t length;
};

/* ACK, NACK and the application's error frame, as they stand on the wire. */
extern const uint8_t pn532_frame_ack[6];
extern const uint8_t pn532_frame_nack[6];
extern const uint8_t pn532_frame_error[8];

/*
 * Says what the bytes begin with and how many of them it takes; `out_command` is written for
 * PN532_PIECE_COMMAND only. Any number of zeros may stand before a frame: the wake-up ends in some.
 */
enum pn532_piece pn532_frame_take(const uint8_t *bytes, size_t length,
                                  struct pn532_message *out_command, size_t *out_used);

/* Frames an answer into at most PN532_FRAME_MAX bytes; returns how many. */
size_t pn532_frame_answer(const struct pn532_message *answer, uint8_t *out_bytes);

#endif
