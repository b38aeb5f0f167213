namespace Gateway.Hosting;

/// <summary>One handler of this process.</summary>
/// <param name="MessageType">Full name of the contract.</param>
/// <param name="Endpoint">Queue name, which is also the consumer's name in the inbox.</param>
public sealed record HandlerRegistration(string MessageType, string Endpoint);
