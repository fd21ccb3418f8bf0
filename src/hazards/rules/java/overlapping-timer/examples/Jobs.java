package examples.timer;

import java.util.concurrent.atomic.AtomicBoolean;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

class Export implements Job { // want low: rounds overlap
    @Override
    public void execute(JobExecutionContext context) {
        context.getMergedJobDataMap();
    }
}

@DisallowConcurrentExecution // bounded: DisallowConcurrentExecution
class OneAtATime implements Job {
    @Override
    public void execute(JobExecutionContext context) {
        context.getMergedJobDataMap();
    }
}

class Checked implements Job { // bounded: check
    private static final AtomicBoolean running = new AtomicBoolean();

    @Override
    public void execute(JobExecutionContext context) {
        if (running.compareAndSet(false, true)) {
            context.getMergedJobDataMap();
        }
    }
}

class Start { // nothing
    Trigger everySecond() {
        return TriggerBuilder.newTrigger()
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withIntervalInSeconds(1).repeatForever())
                .build();
    }

    JobDetail export() {
        return JobBuilder.newJob(Export.class).build();
    }
}
