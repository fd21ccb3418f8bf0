package examples.timer.alone;

import org.quartz.Job;
import org.quartz.JobExecutionContext;

class Export implements Job { // want low: rounds overlap
    @Override
    public void execute(JobExecutionContext context) {
        context.getMergedJobDataMap();
    }
}
