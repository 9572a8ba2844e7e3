package org.bursar.jobs.internal.sql;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** What we do to the scheduler's table besides the scheduler. It has no tenant. */
public interface JobMapper {
    /** Rows for jobs that have none yet; they are due at once. */
    @Insert("""
            insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            select 'job', name, #{now}, false, 1 from unnest(#{names}) as job(name) order by name
            on conflict (task_name, task_instance) do nothing
            """)
    int add(Instant now, String[] names);

    /**
     * No job waits longer than its interval, even if the interval has become shorter or the clock was set back. Rows
     * are locked in the order of their names, since every node does this.
     */
    @Update("""
            with late as (
              select task_name, task_instance, #{now}::timestamptz + every_millis * interval '1 millisecond' as due
                from jobs.scheduled_tasks
                join unnest(#{names}, #{everyMillis}) as job(name, every_millis) on name = task_instance
               where task_name = 'job' and not picked
                 and execution_time > #{now}::timestamptz + every_millis * interval '1 millisecond'
               order by task_instance
                 for no key update of scheduled_tasks)
            update jobs.scheduled_tasks t set execution_time = late.due, version = t.version + 1
              from late where t.task_name = late.task_name and t.task_instance = late.task_instance
            """)
    int bringForward(Instant now, String[] names, Long[] everyMillis);

    /**
     * Gives back what this node had taken and does not run: because the end of a run could not be written, a job's
     * bundle went, or the node was killed in a former life. What another activation of this very process may still be
     * running stays, until its heartbeat is too old.
     *
     * @param stale a row that was taken after this may be about to run
     * @param absurd a row that was taken after this was so before the clock was set back
     */
    @Update("""
            update jobs.scheduled_tasks
               set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
             where task_name = 'job' and picked
               and (picked_by = #{node} and task_instance <> all (#{running})
                      and (last_heartbeat < #{stale} or last_heartbeat > #{absurd})
                 or starts_with(picked_by, #{everyLife}) and not starts_with(picked_by, #{thisProcess}))
            """)
    int release(String node, String everyLife, String thisProcess, String[] running, Instant stale, Instant absurd);

    /** Gives back everything that this node had taken and does not run, because it stops. */
    @Update("""
            update jobs.scheduled_tasks
               set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
             where task_name = 'job' and picked and picked_by = #{node} and task_instance <> all (#{running})
            """)
    int releaseAll(String node, String[] running);

    /** Every job that ever ran here or elsewhere. */
    @Select("""
            select task_instance, task_data, execution_time, picked, picked_by,
                   last_success, last_failure, consecutive_failures
              from jobs.scheduled_tasks where task_name = 'job' order by task_instance
            """)
    List<JobRow> all();
}
