"""Every number that means something in a record or on the wire, once."""

# What the wearer does, one code a second.
UNKNOWN = 0
NOT_WORN = 1
LYING = 2
SITTING = 3
STANDING = 4
WALKING = 5
STAIRS_UP = 6
STAIRS_DOWN = 7
RUNNING = 8
TRANSITION = 9
ACTIVITY_NAMES = (
    "unknown",
    "not_worn",
    "lying",
    "sitting",
    "standing",
    "walking",
    "stairs_up",
    "stairs_down",
    "running",
    "transition",
)

# Trunk bands; their limits in degrees belong to the core's parameters.
UPRIGHT = 0
MODERATE = 1
HIGH = 2
BACKWARD = 3
LATERAL = 4
NO_BAND = 255
BAND_NAMES = ("upright", "flexed_20_60", "flexed_over_60", "backward", "lateral")

# Which side is down while lying.
SIDE_BACK = 0
SIDE_BELLY = 1
SIDE_LEFT = 2
SIDE_RIGHT = 3
NO_SIDE = 255
SIDE_NAMES = ("back", "belly", "left", "right")

# Why a reminder was given.
CAUSE_NONE = 0
CAUSE_FLEXION = 1
CAUSE_SLOUCH = 2
CAUSE_SITTING_BOUT = 3
CAUSE_NAMES = ("none", "flexion", "slouch", "sitting_bout")

# Kinds of log records.
KIND_MINUTE = 1
KIND_EVENT = 2

# Flags of a minute record.
FLAG_REMINDER = 1
FLAG_SNOOZED = 2
FLAG_QUIET = 4
FLAG_CHARGING = 8
FLAG_PARTIAL = 16
FLAG_SENSOR_GAP = 32
FLAG_UNCALIBRATED = 64

# "No angle known in this minute."
NO_ANGLE = -32768

# Events: the first byte of an event record's payload.
EVENT_BOOT = 1
EVENT_CLOCK_SET = 2
EVENT_CALIBRATION = 3
EVENT_REMINDER = 4
EVENT_CORRECTED = 5
EVENT_SNOOZE = 6
EVENT_BATTERY = 7
EVENT_CHARGE = 8
EVENT_SENSOR_FAULT = 9
EVENT_STORAGE_FAULT = 10
EVENT_OVERWRITTEN = 11
EVENT_SETTINGS = 12
EVENT_SHIFT = 13
EVENT_BELT_UPSIDE_DOWN = 14
EVENT_SHUTDOWN = 15
EVENT_CHAIR_RISES = 16
EVENT_HIP_HINGES = 17
EVENT_SAFE_MODE = 18

# Causes of a reset, in a BOOT event.
RESET_UNKNOWN = 0
RESET_POWER_ON = 1
RESET_BUTTON = 2
RESET_WATCHDOG = 3
RESET_BROWN_OUT = 4
RESET_DEEP_SLEEP = 5
RESET_SOFTWARE = 6
RESET_UPDATE = 7

# Where a calibration came from, in a CALIBRATION event.
CALIBRATED_ON_BELT = 0
CALIBRATED_BY_HOST = 1
CALIBRATION_RESTORED = 2

# Faults of the sensor, in a SENSOR_FAULT event.
SENSOR_NO_ANSWER = 1
SENSOR_WRONG_CHIP = 2
SENSOR_OVERRUN = 3
SENSOR_BUS_STUCK = 4
SENSOR_RESET = 5
SENSOR_BAD_TAG = 6
SENSOR_STUCK = 7
SENSOR_RAIL = 8

# Faults of the flash log, in a STORAGE_FAULT event.
STORAGE_PAGE_DAMAGED = 1
STORAGE_WRITE_FAILED = 2
STORAGE_SETTINGS_LOST = 3
STORAGE_CALIBRATION_LOST = 4

# Reasons for an orderly end, in a SHUTDOWN event.
SHUTDOWN_BUTTON = 1
SHUTDOWN_LOW_BATTERY = 2
SHUTDOWN_UPDATE = 3
SHUTDOWN_REQUEST = 4
SHUTDOWN_NOT_WORN = 5

# Flags of the HELLO answer.
HELLO_PAIRED = 1
HELLO_DEVELOPER = 2
HELLO_UNCALIBRATED = 4
HELLO_VIRTUAL = 8

# Flags of a live sample.
LIVE_MOTOR_ON = 1
LIVE_SENSOR_GAP = 2
LIVE_UNCALIBRATED = 4

# Kinds of repetitions, in a live view.
REPETITION_NONE = 0
CHAIR_RISE = 1
HIP_HINGE = 2

# Steps and states of the guided calibration.
STEP_CANCEL = 0
STEP_STAND = 1
STEP_SIT = 2
STEP_BOW = 3
STEP_FINISH = 4
STEP_QUERY = 255
CALIBRATION_IDLE = 0
CALIBRATION_COLLECTING = 1
CALIBRATION_DONE = 2
CALIBRATION_FAILED = 3
# Why a calibration failed.
REASON_NONE = 0
REASON_MOVED = 1
REASON_NOT_UPRIGHT = 2
REASON_NO_BOW = 3
REASON_NO_SENSOR = 4
REASON_UPSIDE_DOWN = 5

# Parts named by a self-test, as bits.
TEST_SENSOR = 1
TEST_HAPTIC = 2
TEST_FLASH = 4
TEST_BATTERY = 8
TEST_BUTTON = 16
TEST_MEMORY = 32

# What WIPE erases.
WIPE_LOG = 1
WIPE_SETTINGS = 2
WIPE_ALL = 3

# Codes of an ERROR answer.
REFUSAL_UNKNOWN = 1
REFUSAL_MALFORMED = 2
REFUSAL_RANGE = 3
REFUSAL_VERSION = 4
REFUSAL_HELLO_FIRST = 5
REFUSAL_NOT_PAIRED = 6
REFUSAL_BUSY = 7
REFUSAL_FAILED = 8
REFUSAL_UNSUPPORTED = 9
REFUSAL_DENIED = 10

# Status of a PAIR answer.
PAIRED = 0
PRESS_BUTTON = 1

# Modes of DEVELOPER.
CLOSED = 0
OPEN = 1
TO_REPL = 2

# What became of the latest update, in an UPDATE_STATE answer.
NO_UPDATE = 0
UPDATE_KEPT = 1
UPDATE_ROLLED_BACK = 2
