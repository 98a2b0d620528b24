using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Shared;

/// <summary>
/// One task that all threads of a team work on together: how much sooner it is done with more threads says what none of
/// them alone can, for they wait for each other and share their data.
/// </summary>
internal abstract class SharedTask : IDisposable
{
    private readonly int threads;
    private int taken;
    private int arrived;
    private int phase;
    private bool isBroken;

    protected SharedTask(int threads) => this.threads = threads;

    /// <summary>The work as one thread sees it.</summary>
    public IKernel KernelOf(int member) => new Member(this, member);

    /// <summary>As <see cref="IKernel.Reset"/>, once for all.</summary>
    protected abstract void Reset();

    /// <summary>One thread's way through the whole task.</summary>
    /// <param name="member">Which thread, from 0.</param>
    /// <returns>As <see cref="IKernel.Run"/>, of the whole task.</returns>
    protected abstract double Run(int member);

    /// <summary>As <see cref="IKernel.AppendOutput"/>.</summary>
    protected abstract void AppendOutput(IncrementalHash hash);

    public virtual void Dispose()
    {
    }

    /// <summary>The next piece of the phase that nobody has taken yet; false where there is none.</summary>
    protected bool Take(int pieces, out int piece)
    {
        piece = Interlocked.Increment(ref taken) - 1;
        return piece < pieces;
    }

    /// <summary>Waits until all threads are here; then the next phase begins, and its pieces can be taken.</summary>
    protected void Meet()
    {
        var current = Volatile.Read(ref phase);
        if (Interlocked.Increment(ref arrived) == threads)
        {
            (arrived, taken) = (0, 0);
            Volatile.Write(ref phase, current + 1);
            return;
        }

        // Spins, for phases are shorter than waking up; gives way where there are more threads than processors.
        var spin = new SpinWait();
        while (Volatile.Read(ref phase) == current)
        {
            if (Volatile.Read(ref isBroken))
                throw new AbandonedException();
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private sealed class Member(SharedTask task, int member) : IKernel
    {
        public void Reset()
        {
            if (member != 0)
                return;
            (task.taken, task.arrived, task.isBroken) = (0, 0, false);
            OrBreak(() =>
            {
                task.Reset();
                return 0;
            });
        }

        /// <summary>The first thread speaks for all: amount and output are the task's, not a thread's.</summary>
        public double Run() => OrBreak(() =>
        {
            var amount = task.Run(member);
            task.Meet();
            return member == 0 ? amount : 0;
        });

        public void AppendOutput(IncrementalHash hash) => task.AppendOutput(hash);

        public void Dispose()
        {
            if (member == 0)
                task.Dispose();
        }

        /// <summary>Who fails never comes to where the others wait: they are told.</summary>
        private double OrBreak(Func<double> action)
        {
            try
            {
                return action();
            }
            catch
            {
                Volatile.Write(ref task.isBroken, true);
                throw;
            }
        }
    }
}
