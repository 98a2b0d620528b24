namespace P25.Policy;

/// <summary>What made the pipeline run.</summary>
internal enum RefEvent
{
    /// <summary>A push of the branch or the tag.</summary>
    Push,

    /// <summary>A pull request.</summary>
    PullRequest,

    /// <summary>A person.</summary>
    Manual,
}

/// <summary>What is known of a ref besides its name.</summary>
/// <param name="Event">What made the pipeline run.</param>
/// <param name="Fork">Whether it comes from a fork.</param>
/// <param name="CommitOnMain">Whether its commit is on the main branch; null where that could not be looked up.</param>
internal sealed record RefFacts(RefEvent Event = RefEvent.Push, bool Fork = false, bool? CommitOnMain = null);
