libworld_a_SOURCES += \
	include/app/listing.h src/app/listing.c \
	include/app/look_heap.h src/app/look_heap.c \
	include/app/look_inside.h src/app/look_inside.c \
	include/app/loop.h src/app/loop.c \
	include/app/check.h src/app/check.c \
	include/app/choice.h src/app/choice.c \
	include/app/command_line.h src/app/command_line.c \
	include/app/compare.h src/app/compare.c \
	include/app/compare_screen.h src/app/compare_screen.c \
	include/app/compare_side.h src/app/compare_side.c \
	include/app/core_file.h src/app/core_file.c \
	include/app/core_options.h src/app/core_options.c \
	include/app/core_words.h src/app/core_words.c \
	include/app/cut.h src/app/cut.c \
	include/app/completion.h src/app/completion.c \
	include/app/config.h src/app/config.c \
	include/app/attach.h src/app/attach.c \
	include/app/denied.h src/app/denied.c \
	include/app/denied_bytes.h src/app/denied_bytes.c \
	include/app/dump.h src/app/dump.c \
	include/app/entry.h src/app/entry.c \
	include/app/events.h src/app/events.c \
	include/app/growth.h src/app/growth.c \
	include/app/growth_table.h src/app/growth_table.c \
	include/app/growth_words.h src/app/growth_words.c \
	include/app/exhaustion.h src/app/exhaustion.c \
	include/app/interact.h src/app/interact.c \
	include/app/export.h src/app/export.c \
	include/app/export_file.h src/app/export_file.c \
	include/app/export_round.h src/app/export_round.c \
	include/app/find_bytes.h src/app/find_bytes.c \
	include/app/launch.h src/app/launch.c \
	include/app/launch_output.h src/app/launch_output.c \
	include/app/launch_words.h src/app/launch_words.c \
	include/app/lists.h src/app/lists.c \
	include/app/locate.h src/app/locate.c \
	include/app/message.h src/app/message.c \
	include/app/named.h src/app/named.c \
	include/app/once.h src/app/once.c \
	include/app/once_picture.h src/app/once_picture.c \
	include/app/once_target.h src/app/once_target.c \
	include/app/operands.h src/app/operands.c \
	include/app/option_help.h src/app/option_help.c \
	include/app/option_mistake.h \
	include/app/option_readers.h src/app/option_readers.c \
	include/app/option_table.h src/app/option_table.c \
	include/app/option_values.h src/app/option_values.c \
	include/app/option_words.h src/app/option_words.c \
	include/app/options.h src/app/options.c \
	include/app/origin.h src/app/origin.c \
	include/app/output.h src/app/output.c \
	include/app/place_option.h src/app/place_option.c \
	include/app/sandbox.h src/app/sandbox.c \
	include/app/sandbox_calls.h src/app/sandbox_calls.c \
	include/app/sandbox_filters.h \
	include/app/record_options.h src/app/record_options.c \
	include/app/report_options.h src/app/report_options.c \
	include/app/record_sample.h src/app/record_sample.c \
	include/app/recording_words.h src/app/recording_words.c \
	include/app/replay_file.h src/app/replay_file.c \
	include/app/replay_link.h src/app/replay_link.c \
	include/app/replay_once.h src/app/replay_once.c \
	include/app/replay_source.h src/app/replay_source.c \
	include/app/replay_time.h src/app/replay_time.c \
	include/app/watch_record.h src/app/watch_record.c \
	include/app/recorded_words.h src/app/recorded_words.c \
	include/app/save.h src/app/save.c \
	include/app/settings.h src/app/settings.c \
	include/app/settings_file.h src/app/settings_file.c \
	include/app/signals.h src/app/signals.c \
	include/app/source_error.h src/app/source_error.c \
	include/app/still_source.h src/app/still_source.c \
	include/app/target_words.h src/app/target_words.c \
	include/app/theme_file.h src/app/theme_file.c \
	include/app/theme_list.h src/app/theme_list.c \
	include/app/tty.h src/app/tty.c \
	include/app/own_cost.h src/app/own_cost.c \
	include/app/pace.h src/app/pace.c \
	include/app/watch_theme.h src/app/watch_theme.c \
	include/app/waits.h src/app/waits.c \
	include/app/watch_bytes.h src/app/watch_bytes.c \
	include/app/watch_growth.h src/app/watch_growth.c \
	include/app/watch_heap.h src/app/watch_heap.c \
	include/app/watch_comparison.h src/app/watch_comparison.c \
	include/app/watch_findings.h src/app/watch_findings.c \
	include/app/watch_go_to.h src/app/watch_go_to.c \
	include/app/watch_probes.h src/app/watch_probes.c \
	include/app/watch_search.h src/app/watch_search.c \
	include/app/watch_history.h src/app/watch_history.c \
	include/app/watch_news.h src/app/watch_news.c \
	include/app/scan_update.h src/app/scan_update.c \
	include/app/watch_inside.h src/app/watch_inside.c \
	include/app/watch_act.h src/app/watch_act.c \
	include/app/watch_replay.h src/app/watch_replay.c \
	include/app/watch_scan.h src/app/watch_scan.c \
	include/app/watch.h src/app/watch.c

unit_tests += \
	tests/unit/test_check \
	tests/unit/test_check_course \
	tests/unit/test_growth \
	tests/unit/test_growth_course \
	tests/unit/test_growth_table \
	tests/unit/test_growth_words \
	tests/unit/test_growth_words_refusal \
	tests/unit/test_choice \
	tests/unit/test_choice_asked \
	tests/unit/test_command_line \
	tests/unit/test_command_line_words \
	tests/unit/test_compare \
	tests/unit/test_compare_screen \
	tests/unit/test_compare_screen_sides \
	tests/unit/test_compare_side \
	tests/unit/test_compare_side_asked \
	tests/unit/test_core_file \
	tests/unit/test_core_file_unnamed \
	tests/unit/test_core_options \
	tests/unit/test_core_words \
	tests/unit/test_cut \
	tests/unit/test_completion \
	tests/unit/test_config \
	tests/unit/test_attach \
	tests/unit/test_denied \
	tests/unit/test_denied_bytes \
	tests/unit/test_dump \
	tests/unit/test_dump_asked \
	tests/unit/test_entry \
	tests/unit/test_entry_calls \
	tests/unit/test_entry_run \
	tests/unit/test_events \
	tests/unit/test_events_run \
	tests/unit/test_events_course \
	tests/unit/test_exhaustion \
	tests/unit/test_export \
	tests/unit/test_export_course \
	tests/unit/test_export_file \
	tests/unit/test_export_round \
	tests/unit/test_find_bytes \
	tests/unit/test_find_bytes_asked \
	tests/unit/test_find_bytes_script \
	tests/unit/test_launch \
	tests/unit/test_launch_script \
	tests/unit/test_launch_killed \
	tests/unit/test_launch_output \
	tests/unit/test_launch_words \
	tests/unit/test_lists \
	tests/unit/test_locate \
	tests/unit/test_locate_asked \
	tests/unit/test_message \
	tests/unit/test_named \
	tests/unit/test_record_options \
	tests/unit/test_report_options \
	tests/unit/test_record_sample \
	tests/unit/test_recording_words \
	tests/unit/test_replay_file \
	tests/unit/test_replay_link \
	tests/unit/test_replay_once \
	tests/unit/test_replay_source \
	tests/unit/test_replay_source_asked \
	tests/unit/test_replay_time \
	tests/unit/test_once \
	tests/unit/test_once_picture \
	tests/unit/test_once_runs \
	tests/unit/test_once_target \
	tests/unit/test_once_target_asked \
	tests/unit/test_interact \
	tests/unit/test_interact_asked \
	tests/unit/test_interact_replay \
	tests/unit/test_listing \
	tests/unit/test_listing_asked \
	tests/unit/test_loop \
	tests/unit/test_loop_rounds \
	tests/unit/test_loop_watches \
	tests/unit/test_loop_refused \
	tests/unit/test_loop_choose \
	tests/unit/test_loop_panes \
	tests/unit/test_loop_record \
	tests/unit/test_operands \
	tests/unit/test_option_help \
	tests/unit/test_option_readers \
	tests/unit/test_option_table \
	tests/unit/test_option_values \
	tests/unit/test_option_words \
	tests/unit/test_options \
	tests/unit/test_origin \
	tests/unit/test_origin_group \
	tests/unit/test_output \
	tests/unit/test_tty \
	tests/unit/test_tty_asked \
	tests/unit/test_own_cost \
	tests/unit/test_place_option \
	tests/unit/test_pace \
	tests/unit/test_recorded_words \
	tests/unit/test_sandbox \
	tests/unit/test_scan_update \
	tests/unit/test_watch_news \
	tests/unit/test_sandbox_entered \
	tests/unit/test_sandbox_calls \
	tests/unit/test_save \
	tests/unit/test_save_asked \
	tests/unit/test_settings \
	tests/unit/test_settings_file \
	tests/unit/test_signals \
	tests/unit/test_source_error \
	tests/unit/test_still_source \
	tests/unit/test_target_words \
	tests/unit/test_theme_file \
	tests/unit/test_theme_list \
	tests/unit/test_waits \
	tests/unit/test_look_heap \
	tests/unit/test_look_heap_asked \
	tests/unit/test_look_inside \
	tests/unit/test_look_inside_asked \
	tests/unit/test_watch \
	tests/unit/test_watch_act \
	tests/unit/test_watch_bytes \
	tests/unit/test_watch_bytes_asked \
	tests/unit/test_watch_record \
	tests/unit/test_watch_growth \
	tests/unit/test_watch_growth_heard \
	tests/unit/test_watch_heap \
	tests/unit/test_watch_heap_walked \
	tests/unit/test_watch_comparison \
	tests/unit/test_watch_history \
	tests/unit/test_watch_findings \
	tests/unit/test_watch_findings_asked \
	tests/unit/test_watch_go_to \
	tests/unit/test_watch_go_to_asked \
	tests/unit/test_watch_probes \
	tests/unit/test_watch_probes_asked \
	tests/unit/test_watch_search \
	tests/unit/test_watch_search_asked \
	tests/unit/test_watch_inside \
	tests/unit/test_watch_inside_found \
	tests/unit/test_watch_replay \
	tests/unit/test_watch_scan \
	tests/unit/test_watch_scan_found \
	tests/unit/test_watch_status \
	tests/unit/test_watch_theme

EXTRA_DIST += tests/unit/config_folder.h tests/unit/own_space.h tests/unit/sample_source.h tests/unit/said_sentence.h
EXTRA_DIST += tests/unit/message_script.h tests/unit/no_memory.h tests/unit/entry_script.h tests/unit/launch_script.h tests/unit/lock_count.h tests/unit/growth_script.h tests/unit/events_run_script.h tests/unit/interact_script.h tests/unit/loop_script.h tests/unit/loop_watch_script.h tests/unit/check_script.h tests/unit/export_script.h tests/unit/entry_child.h tests/unit/listener_script.h tests/unit/sampler_script.h tests/unit/watched_process.h tests/unit/recorder_script.h tests/unit/screen_play.h tests/unit/recording_made.h tests/unit/written_file.h

# Filters of system calls, made by a program that runs while vastop is built.
if SECCOMP
noinst_PROGRAMS += generate/make_filters
generate_make_filters_SOURCES = generate/make_filters.c src/app/sandbox_calls.c
generate_make_filters_CFLAGS = -std=gnu11 -Wall -Wextra
generate_make_filters_LDADD = $(SECCOMP_LIBS)
nodist_libworld_a_SOURCES += src/app/sandbox_filters.c
CLEANFILES += src/app/sandbox_filters.c
src/app/sandbox_filters.c: generate/make_filters$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) src/app && ./generate/make_filters >$@-t && mv $@-t $@
endif
