namespace Gateway.Cli;

/// <summary>How much a demo of the loop does.</summary>
/// <param name="Subjects">Samples of each modality that the archive is to hold before training.</param>
/// <param name="Steps">Steps of training.</param>
internal sealed record LoopSize(int Subjects, int Steps);
