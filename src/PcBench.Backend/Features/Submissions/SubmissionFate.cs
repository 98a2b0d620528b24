namespace PcBench.Backend.Features.Submissions;

/// <summary>What became of a submission.</summary>
internal enum SubmissionFate
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>It was there already.</summary>
    Known,

    /// <summary>The same samples are there under another id.</summary>
    Copy,

    /// <summary>It was there and was deleted.</summary>
    Deleted,

    /// <summary>It is no valid document.</summary>
    Invalid,

    /// <summary>Too many wait for the store.</summary>
    Busy,

    /// <summary>Its installation submits too much.</summary>
    Limited,
}
