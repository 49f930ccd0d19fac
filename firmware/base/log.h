/*
 * log.h - lines for whoever maintains the station.
 *
 * One line per event on standard error, with the syslog level in front when the journal of the
 * system reads it (JOURNAL_STREAM set). Modules return codes; the outermost caller logs once, in
 * a sentence a technician can act on. Never names, badge numbers or PINs. Any thread.
 */
#ifndef FIRMWARE_BASE_LOG_H
#define FIRMWARE_BASE_LOG_H

#include "firmware/base/rc.h"

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARNING = 4, LOG_LEVEL_INFO = 6 };

/* The name in front of each line ("perron"); a string that lives as long as the process. */
void log_init(const char *program);

void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)

#endif
