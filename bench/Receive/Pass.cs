namespace Gateway.Receive;

/// <summary>One workload sent once to one receiver.</summary>
/// <param name="Seconds">From starting the senders until the last has ended.</param>
/// <param name="ProcessorSeconds">User and system time of the receiver's processes.</param>
/// <param name="PeakMebibytes">Most memory the receiver's first process had resident meanwhile.</param>
/// <param name="Foreign">Share of the machine that went to other work than receiver, senders and this program.</param>
internal sealed record Pass(double Seconds, double ProcessorSeconds, double PeakMebibytes, double Foreign)
{
    public static async Task<Pass> MeasureAsync(Receiver receiver, Func<Task> send, CancellationToken cancel)
    {
        ProcessTree.ResetPeak(receiver.Id);
        var (busy, own, server) = (ProcessTree.MachineSeconds(), ProcessTree.OwnProcessorSeconds(), receiver.ProcessorSeconds);
        var start = TimeProvider.System.GetTimestamp();
        await send();
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        busy = ProcessTree.MachineSeconds() - busy;
        own = ProcessTree.OwnProcessorSeconds() - own;
        await receiver.EchoAsync(cancel);    // dcmtk waits for its ended children when the next peer comes
        server = receiver.ProcessorSeconds - server;
        var foreign = Math.Max(0, busy - own - server) / (seconds * Environment.ProcessorCount);
        return new(seconds, server, ProcessTree.Mebibytes(receiver.Id, "VmHWM"), foreign);
    }
}
