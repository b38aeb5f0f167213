namespace Gateway.RegistrationBench;

/// <summary>One inner loop over a picture of 256 x 256.</summary>
/// <param name="Bytes">A pixel; a plane once in and once out of every pass, what a pass reads again out of the first cache not
/// counted.</param>
/// <param name="Flops">A pixel, counted by hand.</param>
internal sealed record KernelCost(string Name, double Seconds, double Bytes, double Flops);
