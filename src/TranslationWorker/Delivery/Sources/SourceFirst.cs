namespace Gateway.TranslationWorker;

/// <summary>What a destination has to have before a result is sent to it.</summary>
public enum SourceFirst
{
    /// <summary>Nothing: the result may be the first that it hears of the study.</summary>
    None,

    /// <summary>The study.</summary>
    Study,

    /// <summary>The series that the result was made from.</summary>
    Series,
}
