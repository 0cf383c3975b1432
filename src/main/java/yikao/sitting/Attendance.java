package yikao.sitting;

import java.util.Optional;
import java.util.UUID;

/**
 * Whether somebody was there.
 *
 * @param status absent: nothing was said of it
 * @param note why, at most 200 characters
 */
record Attendance(UUID member, Optional<AttendanceStatus> status, String note) {}
