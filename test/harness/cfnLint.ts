import { pythonTools } from './pythonTools';
import { absent, which, type Need } from './tools';

/**
 * The program that AWS checks CloudFormation templates with, brought once with pip beside the other tools.
 * @throws {Error} with the reason when everything is required
 */
export async function cfnLint(): Promise<Need<{ command: string }>> {
  if (!which('python3')) return absent('no python3 on the path');
  try {
    const bin = await pythonTools('cfn-lint', ['cfn-lint==1.58.0']);
    return { ok: true, value: { command: bin('cfn-lint') } };
  } catch (error) {
    return absent(`cfn-lint could not be had: ${String(error).split('\n', 2).join(' ')}`);
  }
}
