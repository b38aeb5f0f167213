namespace Gateway.RegistrationBench;

/// <summary>Median seconds of one slice.</summary>
internal readonly record struct StageTimes(double Linear, double Deformable, double Inverse);
