libworld_a_SOURCES += \
	include/growth/attribution.h src/growth/attribution.c \
	include/growth/copied_stacks.h src/growth/copied_stacks.c \
	include/growth/count_budget.h src/growth/count_budget.c \
	include/growth/fault_cost.h src/growth/fault_cost.c \
	include/growth/fault_event.h src/growth/fault_event.c \
	include/growth/fault_events.h src/growth/fault_events.c \
	include/growth/fault_load.h src/growth/fault_load.c \
	include/growth/fault_pace.h src/growth/fault_pace.c \
	include/growth/fault_record.h src/growth/fault_record.c \
	include/growth/fault_rests.h src/growth/fault_rests.c \
	include/growth/fault_ring.h src/growth/fault_ring.c \
	include/growth/fault_threads.h src/growth/fault_threads.c \
	include/growth/fault_turns.h src/growth/fault_turns.c \
	include/growth/frame_trust.h src/growth/frame_trust.c \
	include/growth/heard.h src/growth/heard.c \
	include/growth/hearing.h src/growth/hearing.c \
	include/growth/hearing_pace.h src/growth/hearing_pace.c \
	include/growth/hearing_rests.h src/growth/hearing_rests.c \
	include/growth/hearing_sites.h src/growth/hearing_sites.c \
	include/growth/hearing_state.h \
	include/growth/huge_pages.h src/growth/huge_pages.c \
	include/growth/listener.h src/growth/listener.c \
	include/growth/place_table.h src/growth/place_table.c \
	include/growth/site.h src/growth/site.c \
	include/growth/site_maker.h src/growth/site_maker.c \
	include/growth/stack_table.h src/growth/stack_table.c \
	include/growth/switch_pair.h src/growth/switch_pair.c \
	include/growth/switch_rate.h src/growth/switch_rate.c

unit_tests += \
	tests/unit/test_attribution \
	tests/unit/test_copied_stacks \
	tests/unit/test_count_budget \
	tests/unit/test_fault_cost \
	tests/unit/test_fault_cost_rounds \
	tests/unit/test_fault_event \
	tests/unit/test_fault_event_asked \
	tests/unit/test_fault_events \
	tests/unit/test_fault_events_open \
	tests/unit/test_fault_events_records \
	tests/unit/test_fault_load \
	tests/unit/test_fault_pace \
	tests/unit/test_fault_pace_table \
	tests/unit/test_fault_record \
	tests/unit/test_fault_record_fields \
	tests/unit/test_fault_rests \
	tests/unit/test_fault_ring \
	tests/unit/test_fault_ring_open \
	tests/unit/test_fault_threads \
	tests/unit/test_fault_turns \
	tests/unit/test_frame_trust \
	tests/unit/test_heard \
	tests/unit/test_hearing \
	tests/unit/test_hearing_begin \
	tests/unit/test_hearing_pace \
	tests/unit/test_hearing_rests \
	tests/unit/test_hearing_samples \
	tests/unit/test_hearing_sites \
	tests/unit/test_hearing_turns \
	tests/unit/test_huge_pages \
	tests/unit/test_huge_pages_script \
	tests/unit/test_listener \
	tests/unit/test_listener_script \
	tests/unit/test_place_table \
	tests/unit/test_site \
	tests/unit/test_site_maker \
	tests/unit/test_site_maker_sums \
	tests/unit/test_stack_table \
	tests/unit/test_switch_pair \
	tests/unit/test_switch_rate

EXTRA_DIST += tests/unit/call_log.h tests/unit/events_script.h tests/unit/fault_bytes.h \
	tests/unit/growing_child.h tests/unit/hearing_events.h tests/unit/hearing_paced.h tests/unit/hearing_script.h \
	tests/unit/perf_script.h
