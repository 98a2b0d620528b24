using System.Runtime;

namespace PcBench.Cli.Measure;

/// <summary>
/// Keeps the runtime out of samples: while this lives, no garbage is collected. What samples leave behind is next to nothing;
/// once half of the room is used, it is emptied between two samples.
/// </summary>
internal sealed class RuntimeQuiet : IDisposable
{
    private const long Room = 128 << 20;

    private long startedAt;

    public RuntimeQuiet() => Begin();

    /// <summary>How often the runtime has compiled or collected so far: a sample during which this changed is not the machine's.</summary>
    public static (int Compiled, int Collected) Activity => ((int)JitInfo.GetCompiledMethodCount(), GC.CollectionCount(0));

    /// <summary>To be called between samples.</summary>
    public void Renew()
    {
        var left = GCSettings.LatencyMode != GCLatencyMode.NoGCRegion;
        if (!left && GC.GetTotalAllocatedBytes() - startedAt < Room / 2)
            return;
        Dispose();
        Begin();
    }

    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
    }

    private void Begin()
    {
        try
        {
            _ = GC.TryStartNoGCRegion(Room); // collects first
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // Somebody else in this process has one already, or the machine has no such room: then samples beside a
            // collection are taken again, as they are anyway.
        }

        startedAt = GC.GetTotalAllocatedBytes();
    }
}
